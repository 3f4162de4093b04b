//! Decides without dates: groups, sessions, trips, fund classes; gives the bounds.
