//! What a verb gets from outside: the place, the environment, the clock, and chance.

use crate::git::Environment;
use std::path::PathBuf;

/// The circumstances of one command; the same ones give the same bytes.
#[derive(Clone, Debug)]
pub struct World {
    /// The directory to work in (`-C` applied).
    pub directory: PathBuf,
    /// The environment's variables.
    pub environment: Environment,
    /// Seconds since 1970.
    pub now: i64,
    /// The session that works, as `DRIFT_SESSION` names it.
    pub session: Option<String>,
    /// Sixteen random bytes: the id of a run that this command makes.
    pub random: [u8; 16],
    /// How many threads may read git; 0: as many as the machine has, eight at most.
    pub threads: usize,
}

impl World {
    /// The time as RFC 3339 in UTC, to the second.
    pub fn timestamp(&self) -> String {
        super::utc(self.now)
    }

    /// The id of a run that this command makes: 32 hexadecimal digits.
    pub fn new_id(&self) -> String {
        self.random.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
