//! Every hint that a user can meet, and the exit code of what went wrong.

use super::exit::Exit;
use super::ui::Ui;
use crate::model::{printable, shell_word};
use crate::ops::{OpsError, Refusal};
use std::io;

/// Says what went wrong and what settles it.
pub fn report(error: &anyhow::Error, ui: Ui) -> Exit {
    let own = error.downcast_ref::<OpsError>();
    ui.complain(&format!("error: {}\n", printable(&said(error))));
    let mut hints = own.map(hints).unwrap_or_default();
    if hints.is_empty() {
        hints.extend(of_system(error));
    }
    for hint in hints {
        ui.complain(&format!("hint: {}\n", printable(&hint)));
    }
    own.map_or(Exit::Error, exit)
}

/// What went wrong and what settles it, in one line.
pub fn in_one_line(error: &anyhow::Error) -> String {
    let mut hints = error.downcast_ref::<OpsError>().map(hints).unwrap_or_default();
    hints.extend(of_system(error));
    let parts = std::iter::once(said(error)).chain(hints.into_iter().take(1));
    let parts: Vec<String> = parts.map(|part| printable(&part).replace('\n', " ")).collect();
    parts.join("; ")
}

/// The error and its causes in one line; a cause that the error's own words tell already is not said again.
fn said(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

/// What settles a refusal of the system's, wherever in the chain of causes it stands.
fn of_system(error: &anyhow::Error) -> Option<String> {
    let kinds = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    let hint = kinds.map(io::Error::kind).find_map(|kind| match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Some("free some space on the disk, then try again")
        }
        io::ErrorKind::PermissionDenied => Some("check who may write there: the file, and the folder that holds it"),
        io::ErrorKind::ReadOnlyFilesystem => Some("the file system is read-only: work in a copy, or remount it"),
        _ => None,
    });
    hint.map(str::to_owned)
}

fn exit(error: &OpsError) -> Exit {
    match error {
        OpsError::Refusal(Refusal::NoRun { .. } | Refusal::SeveralRuns { .. }) => Exit::Unchecked,
        OpsError::Refusal(Refusal::Unsigned { .. } | Refusal::OtherCommit { .. } | Refusal::NoEvidence { .. }) => {
            Exit::Unchecked
        }
        OpsError::Refusal(Refusal::Tampered { .. }) => Exit::Drifted,
        _ => Exit::Error,
    }
}

fn hints(error: &OpsError) -> Vec<String> {
    match error {
        OpsError::Git(error) => error.hint().into_iter().collect(),
        OpsError::Store(error) => error.hint().into_iter().collect(),
        OpsError::Refusal(refusal) => of_refusal(refusal),
        OpsError::Signals(_) => Vec::new(),
    }
}

fn no_record(branch: &str) -> Vec<String> {
    let key = shell_word(&format!("branch.{branch}.driftRun"));
    vec![
        "`drift fetch` brings it, where a remote has it".to_owned(),
        format!("`git config --unset-all {key}` frees the branch from the run"),
    ]
}

fn of_refusal(refusal: &Refusal) -> Vec<String> {
    let one = |text: &str| vec![text.to_owned()];
    match refusal {
        Refusal::NoRun { candidates, .. } => no_run(candidates),
        Refusal::SeveralRuns { .. } | Refusal::AmbiguousRun { .. } => one("name one with `--run HANDLE`"),
        Refusal::UnknownRun { nearest, .. } => unknown_run(nearest),
        Refusal::NoBase => one("name one with `--base REV`"),
        Refusal::NoArtifacts { .. } => one(
            "drift reads intent.json, commit_plan.json, test_contract.json, the folders of spec-kitty missions and *PLAN.md",
        ),
        Refusal::AlreadyStarted { handle, .. } => vec![
            format!("`drift status --run {handle}` shows where it stands"),
            "a plan that has to change is a new run: `drift new SLUG`".into(),
        ],
        Refusal::NotStarted { handle } => vec![
            format!("`drift approve --run {handle}`, then `drift start --run {handle}`"),
            format!("`drift finish --run {handle} --discard` closes it as it is"),
        ],
        Refusal::Over { .. } => one("`drift list` shows the runs that are open"),
        Refusal::Unapproved { handle, .. } => {
            vec![format!("`drift approve --run {handle}` shows what it covers and asks")]
        }
        Refusal::ChangedSinceApproval { handle, .. } => {
            vec![format!(
                "`drift approve --run {handle}` shows what widened, and asks again"
            )]
        }
        Refusal::UnknownArtifact { known, .. } => vec![format!("it has {}", known.join(", "))],
        Refusal::PlanHasProblems { handle, .. } => {
            vec![format!("`drift validate --run {handle}` shows each with its line")]
        }
        Refusal::Unfilled { artifact, handle, .. } => vec![format!(
            "fill it in, or delete .drift/runs/{handle}/{artifact} if the run needs none of it"
        )],
        Refusal::NoRecord { branch, .. } => no_record(branch),
        Refusal::BranchBound { handle, .. } => {
            vec![format!(
                "`drift finish --run {handle}` closes it; or work on another branch"
            )]
        }
        Refusal::BranchGone { reported, .. } => branch_gone(reported.as_deref()),
        Refusal::DetachedHead => one("`git switch -c BRANCH` makes a branch here"),
        Refusal::NoTerminal => one("`--yes` ticks the checklist, and the record says so"),
        Refusal::NoIdentity => one("`git config user.name NAME` and `git config user.email ADDRESS`"),
        Refusal::NotReported { handle } => vec![
            format!("`drift report --run {handle}` writes it"),
            format!("`drift finish --run {handle} --discard` closes the run without one"),
        ],
        Refusal::UnknownFingerprint { nearest, .. } if nearest.is_empty() => one("the run has no finding to accept"),
        Refusal::UnknownFingerprint { nearest, .. } => vec![format!("did you mean {}?", nearest.join(" or "))],
        Refusal::NoReason => one("say why it is right, as a reviewer would want to read it: `--because \"…\"`"),
        Refusal::BadSlug { nearest, .. } => bad_slug(nearest.as_deref()),
        Refusal::NoWorktree => one("work in a clone with a worktree, or use `drift check --plan REV:PATH`"),
        refusal => of_rarer_refusal(refusal),
    }
}

/// What only some commands refuse: explaining a rule, printing a schema, removing a worktree, exchange with a remote, and hooks.
fn of_rarer_refusal(refusal: &Refusal) -> Vec<String> {
    let one = |text: &str| vec![text.to_owned()];
    match refusal {
        Refusal::UnknownRule {
            nearest: Some(nearest), ..
        } => vec![format!("did you mean {nearest}?")],
        Refusal::UnknownRule { .. } => one("docs/rules.md lists them; `drift explain` without a name does too"),
        Refusal::UnknownSchema { known, .. } => vec![format!("there are {}", known.join(", "))],
        Refusal::Removal(refusal) => refusal.hints(),
        Refusal::NotAPlan { help, .. } => vec![help.clone()],
        Refusal::NoRemote { known } if known.is_empty() => one("`git remote add origin URL`, or name a URL"),
        Refusal::NoRemote { known } => vec![format!("name one: {}", known.join(", "))],
        Refusal::PushContended { .. } => one("try again"),
        Refusal::PushRefused { .. } => one("whoever runs the remote can allow refs/drift/* and refs/notes/drift"),
        Refusal::HooksElsewhere { value, .. } => hooks_elsewhere(value),
        Refusal::UnreadableResults { help, .. } => vec![help.clone()],
        Refusal::UnknownHook { known, .. } => vec![format!("it answers {}", known.join(", "))],
        Refusal::PlannedCommitGone { .. } => one(
            "name the range with `--base REV` and `--target REV`; commits that were squashed or rebased away may be gone, \
             others come with `git fetch`",
        ),
        Refusal::AmbiguousMission { .. } => one("name its folder with `--plan FOLDER`, or the mission's whole id"),
        Refusal::UnknownMission { nearest, .. } => match nearest.as_slice() {
            [] => Vec::new(),
            some => vec![format!("did you mean {}?", some.join(" or "))],
        },
        Refusal::UnknownLane { known, .. } if known.is_empty() => one("its lanes.json has no lanes"),
        Refusal::UnknownLane { known, .. } => vec![format!("its lanes are {}", known.join(", "))],
        refusal => of_refused_test(refusal),
    }
}

/// What is refused about tests and their evidence.
fn of_refused_test(refusal: &Refusal) -> Vec<String> {
    let one = |text: &str| vec![text.to_owned()];
    match refusal {
        Refusal::Untrusted { handle } => vec![format!("`drift trust --run {handle}` shows them, and asks")],
        Refusal::NothingToTrust { .. } => one("nothing runs without a suite's `command`"),
        Refusal::NoTerminalForTrust => one("look at the commands above; `--yes` trusts them without a question"),
        Refusal::NoStateFolder => one("set HOME, or XDG_STATE_HOME to a folder outside of the repository"),
        Refusal::StateInside { .. } => one("set XDG_STATE_HOME to a folder outside of the repository"),
        Refusal::UnknownSuite {
            nearest: Some(nearest), ..
        } => vec![format!("did you mean {nearest}?")],
        Refusal::UnknownSuite { known, .. } if known.is_empty() => one("it has no suite at all"),
        Refusal::UnknownSuite { known, .. } => vec![format!("it has {}", known.join(", "))],
        Refusal::NoEvidence { handle, .. } => one(&format!(
            "check the target out, then `drift test --run {handle}` and `drift report --run {handle}`"
        )),
        Refusal::NoMessageFile => one("git calls this: `drift hooks install` lets it"),
        _ => Vec::new(),
    }
}

fn bad_slug(nearest: Option<&str>) -> Vec<String> {
    vec![format!("name the run: `drift new {}`", nearest.unwrap_or("SLUG"))]
}

fn branch_gone(reported: Option<&str>) -> Vec<String> {
    match reported {
        Some(id) => vec![format!("`--target {id}` is what was reported last")],
        None => {
            vec!["name where the work ended with `--target REV`; `git reflog` knows commits that no branch has".into()]
        }
    }
}

fn hooks_elsewhere(folder: &str) -> Vec<String> {
    vec![
        "give this repository a folder of its own: `git config core.hooksPath \"$(git rev-parse --path-format=absolute \
         --git-common-dir)/hooks\"`, then `drift hooks install`; the hooks in the other folder no longer run here"
            .to_owned(),
        format!("or let each hook in `{folder}` call drift: `drift hook NAME \"$@\"`; without a run it does nothing"),
    ]
}

fn no_run(candidates: &[String]) -> Vec<String> {
    let mut hints = vec!["`drift check --plan PLAN` compares any plan with git, without a run".to_owned()];
    match candidates {
        [] => hints.push("`drift new SLUG` makes a run".into()),
        some => hints.push(format!("name one with `--run HANDLE`: {}", some.join(", "))),
    }
    hints
}

fn unknown_run(nearest: &[String]) -> Vec<String> {
    match nearest {
        [] => vec!["`drift list` shows the runs that are known here".into()],
        some => vec![format!("did you mean {}?", some.join(" or "))],
    }
}
