//! When to stop: effort decides, the clock only cuts.

use crate::milp::halt::Halt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Watches the clock and the user's interrupt for engines that only know a flag.
pub struct Watch<'a> {
    interrupt: &'a AtomicBool,
    deadline: Option<Instant>,
    /// Set when engines are to stop.
    pub halt: Halt,
    /// Set when the search is to stop its round: with `halt`, or when its result is no longer needed.
    pub cut: AtomicBool,
}

impl<'a> Watch<'a> {
    /// Starts the clock.
    pub fn new(seconds: Option<f64>, interrupt: &'a AtomicBool) -> Watch<'a> {
        let deadline =
            seconds.filter(|s| s.is_finite() && *s < 1e9).map(|s| Instant::now() + Duration::from_secs_f64(s.max(0.0)));
        Watch { interrupt, deadline, halt: Halt::new(deadline), cut: AtomicBool::new(false) }
    }

    /// True when the user asked to stop.
    pub fn interrupted(&self) -> bool {
        self.interrupt.load(Ordering::Relaxed)
    }

    /// True when the time is over.
    pub fn late(&self) -> bool {
        self.deadline.is_some_and(|d| Instant::now() >= d)
    }

    /// Looks at the clock and the interrupt; true when engines are to stop.
    pub fn check(&self) -> bool {
        if self.interrupted() || self.late() {
            self.halt.set();
            self.cut.store(true, Ordering::Relaxed);
        }
        self.halt.is_set()
    }

    /// Keeps the flags up to date until `done` is set; runs beside the engines.
    pub fn guard(&self, done: &AtomicBool) {
        while !done.load(Ordering::Relaxed) {
            self.check();
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
