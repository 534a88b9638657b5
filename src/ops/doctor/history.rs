//! What hides commits, or cuts the history short.

use super::patient::Patient;
use super::{Ailment, Check};
use crate::ops::OpsError;

pub(super) const CHECK: Check = Check {
    name: "history",
    looks_at: "replace refs, and clones that end before the history does",
    mends: None,
    run,
};

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    for id in patient.repository.replaced_objects()? {
        found.push(
            Ailment::note(
                format!("git shows another object in place of {id}; drift reads what is really there"),
                format!("refs/replace/{id}"),
            )
            .command(format!("git replace -d {id}")),
        );
    }
    if patient.repository.is_shallow()? {
        let place = patient.repository.common_dir().join("shallow");
        found.push(
            Ailment::note(
                "this clone is shallow: a range that begins before its end is an error",
                place.display().to_string(),
            )
            .command("git fetch --unshallow"),
        );
    }
    Ok(())
}
