//! Locks that somebody left: nobody writes what they lock until they are gone.

use super::patient::{Patient, shown, that_stay};
use super::{Ailment, Check};
use crate::model::shell_word;
use crate::ops::OpsError;

pub(super) const CHECK: Check = Check {
    name: "locks",
    looks_at: "locks of git's, and what drifts that were killed have left of a change to a ref",
    mends: Some(
        "takes away what a killed drift has left, while it holds the lock that a living one would hold; git's own locks never",
    ),
    run,
};

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    let locks = patient.repository.locks()?;
    let staged = patient.repository.left_by_killed_drifts()?;
    let staged_files = staged.iter().map(|it| it.staged.clone()).collect();
    let (locks, staying) = (that_stay(locks), that_stay(staged_files));
    for left in staged.iter().filter(|it| staying.contains(&it.staged)) {
        let blocks = match &left.lock {
            Some(lock) => format!(", and blocks git with `{}`", lock.display()),
            None => String::new(),
        };
        found.push(
            Ailment::warning(
                format!(
                    "a drift that was killed has left a value of {} there{blocks}",
                    left.name
                ),
                shown(&left.staged),
            )
            .command("drift doctor --fix")
            .mended_by(|patient| {
                let count = patient.repository.clear_left_by_killed_drifts()?;
                Ok((count > 0).then(|| format!("took away what killed drifts had left of changes to refs: {count}")))
            }),
        );
    }
    let is_drifts = |lock: &std::path::PathBuf| staged.iter().any(|it| it.lock.as_ref() == Some(lock));
    for lock in locks.iter().filter(|lock| !is_drifts(lock)) {
        found.push(
            Ailment::warning(
                "a git program is at work, or was killed and has left its lock; when none is running any more:",
                shown(lock),
            )
            .command(format!("rm {}", shell_word(&shown(lock)))),
        );
    }
    Ok(())
}
