//! Ctrl-C while docent plans: the first one asks for the best plan so far, the second one ends the program.

use super::exit::{Exit, Failure};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C sets this flag; asked again, it does so already.
pub fn watch() -> Result<&'static AtomicBool, Failure> {
    let set = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            std::process::exit(Exit::Interrupted as i32);
        }
    });
    match set {
        Ok(()) | Err(ctrlc::Error::MultipleHandlers) => Ok(&ASKED),
        Err(error) => Err(Failure::new(Exit::Unexpected, format!("cannot listen for Ctrl-C: {error}"))),
    }
}

/// So long engines have to come to an end after Ctrl-C: the linear solver does not look up while it simplifies.
const PATIENCE: Duration = Duration::from_secs(1);

/// Does the work; where it does not come to an end soon after Ctrl-C, the program ends with what `leave` says.
pub fn or_leave<T>(work: impl FnOnce() -> T, leave: impl FnOnce() -> Exit + Send + 'static) -> T {
    let over = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&over);
    std::thread::spawn(move || {
        while !ASKED.load(Ordering::Relaxed) && !seen.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(20));
        }
        std::thread::sleep(PATIENCE);
        if ASKED.load(Ordering::Relaxed) && !seen.load(Ordering::Relaxed) {
            std::process::exit(leave() as i32);
        }
    });
    let done = work();
    over.store(true, Ordering::Relaxed);
    done
}
