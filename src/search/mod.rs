//! Large-neighbourhood search: ruin, recreate, accept, stop.
