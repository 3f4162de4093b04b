//! The doors in: the only readers of the disk.
