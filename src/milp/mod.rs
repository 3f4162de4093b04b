//! The only rooms that name the solver library: a program as data, and the solver that answers it.

pub mod compact;
pub mod halt;
pub mod highs;
pub mod program;
pub mod sift;
