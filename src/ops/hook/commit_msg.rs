//! commit-msg: what is staged, and the message, against the plan that was frozen when the run began.

use super::message_file::MessageFile;
use super::{Answer, Call, SHOWN, UNIT_TRAILER};
use crate::git::Repository;
use crate::model::Witness;
use crate::ops::judge::Subject;
use crate::ops::runs::Run;
use crate::ops::{OpsError, World, next};
use crate::report::brief;
use crate::report::wire::v1::{Finding, Severity};

pub(super) fn answer(repository: &Repository, world: &World, run: Run, call: &Call<'_>) -> Result<Answer, OpsError> {
    let file = MessageFile::read(repository, world, call)?;
    let message = file.message();
    if message.holds_only(UNIT_TRAILER) {
        // With the proposal in it git no longer sees that nobody wrote a message.
        return Ok(Answer::blocks(
            "drift: the message is empty but for the trailer that drift proposed\n",
        ));
    }
    // A merge brings in what others planned; the range tells its own part from theirs.
    if message.is_empty() || repository.is_merging() {
        return Ok(Answer::default());
    }
    let staged = repository.staged()?;
    let handle = run.handle.to_string();
    let subject = Subject::of_run(run);
    let found = next::findings(repository, &subject, &staged, &message.text())?;
    let mut answer = judged(&found, &handle);
    if !answer.blocks
        && let Err(error) = repository.leave_commit_mark(&Witness::Checked.to_string(), Some(&staged))
    {
        let line = format!("drift: the commit's note can't say that it was compared: {error}\n");
        answer.says.push_str(&line);
    }
    Ok(answer)
}

fn judged(found: &[Finding], handle: &str) -> Answer {
    let open = |finding: &&Finding| finding.acceptance.is_none() && finding.severity > Severity::Note;
    let shown: Vec<&Finding> = found.iter().filter(open).collect();
    let blocks = shown.iter().any(|finding| finding.severity == Severity::Error);
    let findings = brief(&shown, SHOWN);
    if blocks {
        let last = "drift: the commit is stopped; `git restore --staged PATH` leaves a file out of it, `DRIFT_SKIP=1 git \
                    commit …` lets it pass once\n";
        return Answer::blocks(format!(
            "drift: this commit drifts from the plan of {handle}\n{findings}{last}"
        ));
    }
    if shown.is_empty() {
        return Answer::default();
    }
    Answer::passes(format!(
        "drift: this commit is not all as the plan of {handle} says\n{findings}"
    ))
}
