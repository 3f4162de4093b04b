//! What leaves the house: one file per format (bytes), one per mapping (what a plan looks like in it).

pub mod adopt;
pub mod chart;
pub mod csv;
pub mod gantt;
pub mod html;
pub mod ics;
mod markup;
pub mod plan_json;
pub mod tables;
pub mod xlsx;
