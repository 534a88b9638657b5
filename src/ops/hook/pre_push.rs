//! pre-push: each pushed branch that carries a run is judged by its run's range, up to the commit that is pushed.
//!
//! It writes nothing: git calls it for `--dry-run` too, and before the remote says no.

use super::{Answer, Call, SHOWN, bound_run, variable};
use crate::git::Repository;
use crate::hooks::{Announced, PushedRef};
use crate::model::{ObjectId, RunState};
use crate::ops::judge::{Judged, Range, Subject, judge};
use crate::ops::runs::{self, Run};
use crate::ops::{OpsError, Refusal, World};
use crate::report::brief;
use crate::report::wire::v1::{Finding, RunReport, Severity};

/// Rules about what is not there yet. While the run is active that is no reason to keep work from being pushed; once it
/// was reported it is.
const NOT_YET: [&str; 11] = [
    "D105", "D106", "D201", "D301", "D304", "D601", "D602", "D603", "D604", "D605", "D606",
];

/// A branch of the push, and the commits that the remote does not have yet.
struct Pushed {
    branch: String,
    run: Run,
    target: ObjectId,
}

pub(super) fn answer(repository: &Repository, world: &World, call: &Call<'_>) -> Result<Answer, OpsError> {
    let remote = call
        .arguments
        .first()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let mut whole = Answer::default();
    for pushed in judged_refs(repository, world, call.input, remote)? {
        let range = Range {
            target: Some(pushed.target.to_string()),
            without_remarks: true,
            ..Range::default()
        };
        let is_active = pushed.run.state() == RunState::Active;
        let handle = pushed.run.handle.to_string();
        // Judged as `check` does: with what lies in the worktree, and with the approvals' signatures.
        let run = runs::load(repository, &pushed.run.handle)?;
        let judged = judge(repository, world, &Subject::of_run(run), &range)?;
        let one = said(&pushed.branch, &handle, &judged, is_active);
        whole.blocks |= one.blocks;
        whole.says.push_str(&one.says);
    }
    if whole.blocks {
        whole
            .says
            .push_str("drift: the push is stopped; `DRIFT_SKIP=1 git push …` lets it pass once\n");
    }
    Ok(whole)
}

/// The refs that are to be judged, each run and commit once.
fn judged_refs(repository: &Repository, world: &World, input: &[u8], remote: &str) -> Result<Vec<Pushed>, OpsError> {
    let announced = announced(world, input)?;
    let mut found: Vec<Pushed> = Vec::new();
    for pushed in announced.refs.iter().filter(|pushed| !pushed.is_bookkeeping()) {
        let Some(new) = pushed.new else { continue };
        let Some((branch, run)) = run_of(repository, pushed)? else {
            continue;
        };
        let target = repository.resolve_commit(&new.to_string())?;
        let is_known = found
            .iter()
            .any(|it| it.run.handle == run.handle && it.target == target);
        let remote = variable(world, "PRE_COMMIT_REMOTE_NAME").unwrap_or(remote);
        if !is_known && repository.has_unpushed(target, pushed.old, remote, run.file.base.as_deref())? {
            found.push(Pushed { branch, run, target });
        }
    }
    Ok(found)
}

/// What git wrote to standard input; where another program took that, what its variables say.
fn announced(world: &World, input: &[u8]) -> Result<Announced, OpsError> {
    let announced = Announced::parse(input);
    if let Some(line) = announced.unreadable.first() {
        return Err(Refusal::UnreadablePush(line.escape_debug().to_string()).into());
    }
    if !announced.refs.is_empty() {
        return Ok(announced);
    }
    Ok(Announced::from_variables(|name| variable(world, name)).unwrap_or_default())
}

/// The run of the branch that is pushed, by its local name or else by the remote one.
fn run_of(repository: &Repository, pushed: &PushedRef) -> Result<Option<(String, Run)>, OpsError> {
    let head = if pushed.local == "HEAD" {
        repository.head_branch()?
    } else {
        None
    };
    let branches = head.as_deref().into_iter().chain(pushed.branches());
    for branch in branches {
        if let Some(run) = bound_run(repository, branch)? {
            return Ok(Some((branch.to_owned(), run)));
        }
    }
    Ok(None)
}

fn said(branch: &str, handle: &str, judged: &Judged, is_active: bool) -> Answer {
    let open = |finding: &&Finding| finding.acceptance.is_none() && finding.severity > Severity::Note;
    let report = &judged.report;
    let (not_yet, off): (Vec<&Finding>, Vec<&Finding>) = report
        .findings
        .iter()
        .filter(open)
        .partition(|finding| is_active && is_not_yet(finding, report));
    let errors: Vec<&Finding> = off
        .iter()
        .copied()
        .filter(|it| it.severity == Severity::Error)
        .collect();
    let branch = branch.escape_debug();
    let check = format!("`drift check --run {handle}` shows all");
    if !errors.is_empty() {
        let findings = brief(&errors, SHOWN);
        return Answer::blocks(format!(
            "drift: {branch} drifts from the plan of {handle}; {check}\n{findings}"
        ));
    }
    if off.is_empty() && not_yet.is_empty() {
        return Answer::default();
    }
    let counts = [(off.len(), "to look at"), (not_yet.len(), "not there yet")];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    Answer::passes(format!(
        "drift: {branch} against the plan of {handle}: {}; {check}\n",
        counts.join(", ")
    ))
}

/// Whether the finding says that something is still to come: by its rule, or by an action on a file that nobody touched.
fn is_not_yet(finding: &Finding, report: &RunReport) -> bool {
    let touched = |path: &String| {
        report
            .files
            .iter()
            .any(|file| file.path == *path && file.change.is_some())
    };
    NOT_YET.contains(&finding.code.as_str()) || finding.code == "D107" && !finding.path.as_ref().is_some_and(touched)
}
