//! Whether every worktree finds the home.

use super::patient::Patient;
use super::{Ailment, Check};
use crate::ops::OpsError;

pub(super) const CHECK: Check = Check {
    name: "home",
    looks_at: "where reports and lessons go",
    mends: None,
    run,
};

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    let repository = &patient.repository;
    if repository.worktree_name().is_some() && repository.main_workdir()?.is_none() && !repository.is_primary_bare()? {
        let common_dir = repository.common_dir().display();
        found.push(
            Ailment::note(
                format!(
                    "the git directory lies apart from its worktree, so that reports of linked ones go to `{common_dir}/drift` until \
                     drift has worked in the primary one"
                ),
                common_dir.to_string(),
            )
            .command("drift -C PRIMARY-WORKTREE init"),
        );
    }
    Ok(())
}
