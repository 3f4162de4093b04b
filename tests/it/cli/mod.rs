//! The commands as a planner types them: what they say, what they write, how they end.

mod adopting;
mod asking;
mod docs;
mod new;
mod planning;
mod readme;
pub mod run;
mod shell;
mod showing;
