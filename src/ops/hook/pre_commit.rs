//! pre-commit, for those who want the answer before they write a message: what is staged, against the frozen plan.
//!
//! It speaks only where it stops the commit. All else is commit-msg's to say, which knows the message too.

use super::{Answer, SHOWN};
use crate::git::Repository;
use crate::ops::judge::Subject;
use crate::ops::runs::Run;
use crate::ops::{OpsError, next};
use crate::report::brief;
use crate::report::wire::v1::{Finding, Severity};

pub(super) fn answer(repository: &Repository, run: Run) -> Result<Answer, OpsError> {
    // A merge brings in what others planned; the range tells its own part from theirs.
    if repository.is_merging() {
        return Ok(Answer::default());
    }
    let staged = repository.staged()?;
    let handle = run.handle.to_string();
    let found = next::findings(repository, &Subject::of_run(run), &staged, "")?;
    let stops = |finding: &&Finding| finding.severity == Severity::Error && finding.path.is_some();
    let stopping: Vec<&Finding> = found.iter().filter(stops).collect();
    if stopping.is_empty() {
        return Ok(Answer::default());
    }
    let findings = brief(&stopping, SHOWN);
    Ok(Answer::blocks(format!(
        "drift: what is staged drifts from the plan of {handle}\n{findings}drift: the commit is stopped; `git restore \
         --staged PATH` leaves a file out of it, `DRIFT_SKIP=1 git commit …` lets it pass once\n"
    )))
}
