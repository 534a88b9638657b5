//! Whether each branch is bound to a run that is there and still open.

use super::patient::Patient;
use super::{Ailment, Check};
use crate::model::{Handle, printable, shell_word};
use crate::ops::{OpsError, runs};

pub(super) const CHECK: Check = Check {
    name: "bindings",
    looks_at: "branch.*.driftRun in git's configuration",
    mends: Some(
        "frees a branch from a run that is over, and binds one to the open run that its record says works there",
    ),
    run,
};

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    let repository = &patient.repository;
    let known = runs::all(repository)?;
    found.extend(unbound(patient, &known)?);
    for (branch, value) in repository.bindings() {
        let ailment = |what: String| {
            let key = format!("branch.{branch}.driftRun");
            let command = format!("git config --unset-all {}", shell_word(&key));
            Ailment::warning(what, key).command(command)
        };
        let shown = printable(&value);
        let Ok(handle) = value.parse::<Handle>() else {
            found.push(ailment(format!("`{shown}` is no run's name")));
            continue;
        };
        if !known.contains(&handle) {
            found.push(ailment(format!(
                "it names {handle}, of which nothing is here; `drift fetch` may bring it"
            )));
            continue;
        }
        if repository.record_tip(&handle)?.is_none() {
            found.push(ailment(format!(
                "it names {handle}, whose record is not here, so that nothing is compared; `drift fetch` may bring it"
            )));
            continue;
        }
        // A run that can't be read is told of by another check.
        let Ok(Ok(run)) = runs::readable(runs::load(repository, &handle)) else {
            continue;
        };
        if !run.is_open() {
            let what = format!("it names {handle}, which is {}", run.state().name());
            let freed = branch.clone();
            found.push(ailment(what).mended_by(move |patient| {
                patient.repository.unbind_branch(&freed)?;
                Ok(Some(format!("freed the branch {freed} from {handle}")))
            }));
        }
    }
    Ok(())
}

/// Open runs whose branch is here and bound to nothing, as in a clone that has fetched them: hooks compare nothing there.
fn unbound(patient: &Patient<'_>, known: &[Handle]) -> Result<Vec<Ailment>, OpsError> {
    let repository = &patient.repository;
    let bindings = repository.bindings();
    let mut found = Vec::new();
    for handle in known {
        // A run that can't be read is told of by another check.
        let Ok(Ok(run)) = runs::readable(runs::load(repository, handle)) else {
            continue;
        };
        let Some(branch) = run.file.branch.clone().filter(|_| run.is_open() && run.is_frozen()) else {
            continue;
        };
        let is_bound =
            repository.branch_bound_to(handle).is_some() || bindings.iter().any(|(other, _)| *other == branch);
        if is_bound || repository.branch_tip(&branch)?.is_none() {
            continue;
        }
        let key = format!("branch.{branch}.driftRun");
        let what = format!("{handle} works on this branch, and nothing binds it here: hooks don't compare its commits");
        let command = format!("git config {} {handle}", shell_word(&key));
        let run = handle.clone();
        found.push(Ailment::note(what, key).command(command).mended_by(move |patient| {
            patient.repository.bind_branch(&branch, &run)?;
            Ok(Some(format!("bound the branch {branch} to {run}")))
        }));
    }
    Ok(found)
}
