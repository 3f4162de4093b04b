//! The doors in: the only readers of the disk.

pub mod busy;
