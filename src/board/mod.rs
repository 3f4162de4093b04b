//! The search's view of a plan: mutable, indexed, undoable.
