//! One room per rule: its statement and its unary filters.
