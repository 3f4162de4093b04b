//! When work is to be cut: told by a flag, and by the clock where there is one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// A flag that is set once, and the moment at which it will be.
#[derive(Debug, Default)]
pub struct Halt {
    flag: AtomicBool,
    deadline: Option<Instant>,
}

impl Halt {
    /// Not set yet; the solver is told how long it has until the deadline, since it does not look at flags everywhere.
    pub fn new(deadline: Option<Instant>) -> Halt {
        Halt { flag: AtomicBool::new(false), deadline }
    }

    /// Cuts the work.
    pub fn set(&self) {
        self.flag.store(true, Ordering::Relaxed);
    }

    /// True when the work is to be cut.
    pub fn is_set(&self) -> bool {
        self.flag.load(Ordering::Relaxed)
    }

    /// Seconds until the deadline.
    pub fn seconds(&self) -> Option<f64> {
        self.deadline.map(|d| d.saturating_duration_since(Instant::now()).as_secs_f64())
    }
}
