//! The doors out: a pure function to bytes per format.

pub mod chart;
