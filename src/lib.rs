//! docent: plans training programmes. `src/README.md` is the map.

pub mod words;

pub mod cores;

pub mod programme;

pub mod plan;

pub mod rules;

pub mod judge;

pub mod board;

pub mod search;

pub mod milp;

pub mod master;

pub mod dating;

pub mod full;

pub mod solve;

pub mod whatif;

pub mod explain;

pub mod random;

pub mod read;

pub mod export;

pub mod verify;

pub mod cli;
