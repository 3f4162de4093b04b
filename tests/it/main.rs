//! One binary for all tests that run docent from outside: every further one would link the solver again.

mod agreement;
mod architecture;
mod calendars;
mod cli;
mod exact;
mod explain;
mod full;
mod judge;
mod oracle;
mod random;
mod read;
mod rules;
mod search;
mod whatif;
