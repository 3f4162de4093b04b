//! Ctrl-C while docent plans: the first one asks for the best plan so far, the second one ends the program.

use super::exit::{Exit, Failure};
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C sets this flag.
pub fn watch() -> Result<&'static AtomicBool, Failure> {
    let set = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            std::process::exit(Exit::Interrupted as i32);
        }
    });
    match set {
        Ok(()) => Ok(&ASKED),
        Err(error) => Err(Failure::new(Exit::Unexpected, format!("cannot listen for Ctrl-C: {error}"))),
    }
}
