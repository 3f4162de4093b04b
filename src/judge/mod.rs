//! The independent judge: one file per rule and goal, sharing no mechanism with the engines.
