//! The only rooms that name the solver library.
