//! The goals' exact values, one file each.

pub mod commitments;
pub mod cost;
pub mod coverage;
pub mod kept;
pub mod preferences;
pub mod stability;
