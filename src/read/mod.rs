//! The doors in: the only readers of the disk.

pub mod busy;
pub mod plan_file;
