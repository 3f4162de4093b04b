//! The full model.

pub mod candidates;
pub mod groups;
pub mod model;
pub mod rows;
pub mod scale;
pub mod sites;
pub mod transcript;
pub mod trips;
