//! Ctrl-C, and being told to end: noticed instead of suffered, so that what was started can be ended first.

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// From its making on, SIGINT, SIGTERM and SIGHUP no longer end this process; they are told here.
#[derive(Clone, Debug)]
pub struct Interrupts {
    came: Arc<AtomicBool>,
    ever: Arc<AtomicBool>,
}

impl Interrupts {
    /// Begins to listen.
    pub fn listen() -> io::Result<Self> {
        let came = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            flag::register(signal, Arc::clone(&came))?;
        }
        let ever = Arc::new(AtomicBool::new(false));
        Ok(Self { came, ever })
    }

    /// Whether a signal came since the last time that this was asked.
    pub(super) fn is_new(&self) -> bool {
        let new = self.came.swap(false, Ordering::SeqCst);
        if new {
            self.ever.store(true, Ordering::SeqCst);
        }
        new
    }

    /// Whether a signal ever came.
    pub fn came(&self) -> bool {
        self.is_new();
        self.ever.load(Ordering::SeqCst)
    }
}
