//! The commands as a planner types them: what they say, what they write, how they end.

mod docs;
mod new;
pub mod run;
mod shell;
