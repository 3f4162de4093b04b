//! Goal after goal, search and proof side by side.
