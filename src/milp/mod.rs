//! The wall around the linear solver: a program as data, the solver that answers it, and what makes large programs small.

pub mod compact;
pub mod halt;
pub mod highs;
pub mod packing;
pub mod program;
pub mod sift;
