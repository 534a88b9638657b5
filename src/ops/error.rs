//! Why a verb could not do its work.

use super::finish::RemovalRefusal;
use crate::git::GitError;
use crate::store::StoreError;

/// Anything that ends a verb without a result.
#[derive(Debug, thiserror::Error)]
pub enum OpsError {
    /// git, or the repository.
    #[error(transparent)]
    Git(#[from] GitError),
    /// A file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The verb itself says no.
    #[error(transparent)]
    Refusal(#[from] Refusal),
    /// The system does not let drift listen for Ctrl-C.
    #[error("drift can't listen for Ctrl-C, and would leave tests running: {0}")]
    Signals(std::io::Error),
}

/// What a verb says no to; the hints stand in cli/error.rs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No run is bound to the branch, and none names it.
    #[error("there is no run to look at{}", on_branch(branch.as_deref()))]
    NoRun {
        /// The branch.
        branch: Option<String>,
        /// Open runs.
        candidates: Vec<String>,
    },
    /// More than one run could be meant.
    #[error("more than one run could be meant{}: {}", on_branch(branch.as_deref()), candidates.join(", "))]
    SeveralRuns {
        /// The branch.
        branch: Option<String>,
        /// The runs.
        candidates: Vec<String>,
    },
    /// No run has this name.
    #[error("there is no run `{name}`")]
    UnknownRun {
        /// The name as it was asked for.
        name: String,
        /// The most similar handles.
        nearest: Vec<String>,
    },
    /// A slug that several runs have.
    #[error("`{name}` is the name of more than one run: {}", candidates.join(", "))]
    AmbiguousRun {
        /// The name as it was asked for.
        name: String,
        /// The runs.
        candidates: Vec<String>,
    },
    /// There is no branch to compare with.
    #[error("there is no base to compare with: neither origin/HEAD nor a branch main or master exists")]
    NoBase,
    /// A revision that the plan names, and that this clone does not have.
    #[error("the {what} that the plan names, `{rev}`, is not in this clone")]
    PlannedCommitGone {
        /// `base` or `target`.
        what: &'static str,
        /// The revision.
        rev: String,
    },
    /// A word that more than one mission answers to.
    #[error("`{name}` is the name of more than one mission: {}", candidates.join(", "))]
    AmbiguousMission {
        /// The word as it was asked for.
        name: String,
        /// The folders of the missions.
        candidates: Vec<String>,
    },
    /// A word that is neither a file nor a mission, where there are missions.
    #[error("`{name}` is neither a file nor a mission")]
    UnknownMission {
        /// The word as it was asked for.
        name: String,
        /// The most similar missions.
        nearest: Vec<String>,
    },
    /// A mission has no lane of this name, or no file of its packages.
    #[error("`{mission}` has no `{lane}` with work packages in files of their own")]
    UnknownLane {
        /// The mission's folder.
        mission: String,
        /// The lane as it was asked for.
        lane: String,
        /// The lanes there are.
        known: Vec<String>,
    },
    /// No format recognises what was named.
    #[error("`{name}`: {message}")]
    NotAPlan {
        /// What was named.
        name: String,
        /// Why it is no plan.
        message: String,
        /// What was looked for, or what settles it.
        help: String,
    },
    /// The plan's folder holds no artifact.
    #[error("`{folder}` holds no plan")]
    NoArtifacts {
        /// The folder.
        folder: String,
    },
    /// The run has begun, so its artifacts are frozen.
    #[error("the run {handle} is {state}; its artifacts are frozen in its record")]
    AlreadyStarted {
        /// The run.
        handle: String,
        /// Its state.
        state: &'static str,
    },
    /// The run has not begun.
    #[error("the run {handle} has not been started")]
    NotStarted {
        /// The run.
        handle: String,
    },
    /// The run is over.
    #[error("the run {handle} is {state}")]
    Over {
        /// The run.
        handle: String,
        /// Its state.
        state: &'static str,
    },
    /// Artifacts that nobody approved.
    #[error("{handle} has {} not approved: {}", if artifacts.len() == 1 { "an artifact that is" } else { "artifacts that are" }, artifacts.join(", "))]
    Unapproved {
        /// The run.
        handle: String,
        /// The artifacts.
        artifacts: Vec<String>,
    },
    /// Artifacts that were changed after their approval.
    #[error("changed since approved: {}", artifacts.join(", "))]
    ChangedSinceApproval {
        /// The run.
        handle: String,
        /// The artifacts.
        artifacts: Vec<String>,
    },
    /// A run has no artifact of this name.
    #[error("the run {handle} has no artifact `{name}`")]
    UnknownArtifact {
        /// The run.
        handle: String,
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The plan has problems that have to be mended first.
    #[error("the plan has {count} problem{}", if *count == 1 { "" } else { "s" })]
    PlanHasProblems {
        /// The run.
        handle: String,
        /// How many.
        count: usize,
    },
    /// An artifact says what the template says.
    #[error("{artifact} of {handle} still says `{placeholder}`, as the template does")]
    Unfilled {
        /// The run.
        handle: String,
        /// The artifact.
        artifact: String,
        /// What it says.
        placeholder: &'static str,
    },
    /// The branch already carries a run.
    #[error("the branch `{branch}` already carries the run {handle}")]
    BranchBound {
        /// The branch.
        branch: String,
        /// Its run.
        handle: String,
    },
    /// The branch that the run works on does not exist any more.
    #[error("the branch `{branch}` of the run {handle} is gone")]
    BranchGone {
        /// The run.
        handle: String,
        /// The branch.
        branch: String,
        /// The commit that was reported last.
        reported: Option<String>,
    },
    /// The run's worktree is not removed.
    #[error(transparent)]
    Removal(Box<RemovalRefusal>),
    /// HEAD is on no branch.
    #[error("HEAD is on no branch, so there is nothing to bind the run to")]
    DetachedHead,
    /// Someone has to answer, and there is no terminal.
    #[error("there is no terminal to ask on")]
    NoTerminal,
    /// Someone answered no.
    #[error("not approved")]
    Declined,
    /// git knows no name for the user.
    #[error("git knows neither a name nor an address for you")]
    NoIdentity,
    /// The run was never reported.
    #[error("the run {handle} has no report yet")]
    NotReported {
        /// The run.
        handle: String,
    },
    /// No finding has this fingerprint.
    #[error("no finding of {handle} has the fingerprint `{fingerprint}`")]
    UnknownFingerprint {
        /// The run.
        handle: String,
        /// What was asked for.
        fingerprint: String,
        /// The findings there are, most similar first.
        nearest: Vec<String>,
    },
    /// An acceptance without a reason.
    #[error("an acceptance needs a reason of at least 10 characters")]
    NoReason,
    /// The text is no slug.
    #[error("{message}")]
    BadSlug {
        /// What is wrong with it.
        message: String,
        /// The slug that was meant.
        nearest: Option<String>,
    },
    /// The command writes into a worktree, and there is none.
    #[error("this repository is bare: there is no worktree to write `.drift/` into")]
    NoWorktree,
    /// Nobody said on this machine that the contract's commands may run.
    #[error("the commands of {handle}'s test contract are not trusted on this machine, so nothing was run")]
    Untrusted {
        /// The run.
        handle: String,
    },
    /// A contract that names no suite.
    #[error("the test contract of {handle} names no suite, so there is nothing to trust")]
    NothingToTrust {
        /// The run.
        handle: String,
    },
    /// Someone has to say that commands may run, and there is no terminal.
    #[error("there is no terminal to ask on")]
    NoTerminalForTrust,
    /// Someone said that they may not.
    #[error("not trusted; nothing was kept")]
    NotTrusted,
    /// The environment names no place for what only this machine knows.
    #[error("there is no place to keep what is trusted: neither XDG_STATE_HOME nor HOME names an absolute folder")]
    NoStateFolder,
    /// The place for what only this machine knows lies where a clone could bring it along.
    #[error(
        "what is trusted would be kept in `{folder}`, inside of this repository, where a clone could bring it along"
    )]
    StateInside {
        /// The folder.
        folder: String,
    },
    /// The contract has no suite of this name.
    #[error("the test contract of {handle} has no suite `{name}`")]
    UnknownSuite {
        /// The run.
        handle: String,
        /// What was asked for.
        name: String,
        /// The most similar one.
        nearest: Option<String>,
        /// What there is.
        known: Vec<String>,
    },
    /// A result file without a test.
    #[error("`{file}` holds no test, so nothing was kept")]
    NoTests {
        /// The file.
        file: String,
    },
    /// There is nothing to say of the target's tests.
    #[error("no evidence of {handle} is of the tree of its reported target, {target}")]
    NoEvidence {
        /// The run.
        handle: String,
        /// The target, shortened.
        target: String,
    },
    /// The file is no signed statement about test results.
    #[error("`{file}` is no statement about test results: {what}")]
    NoAttestation {
        /// The file.
        file: String,
        /// What is wrong.
        what: String,
    },
    /// The statement is not signed.
    #[error("`{file}` is not signed, so anybody may have written it")]
    Unsigned {
        /// The file.
        file: String,
    },
    /// The signature was made over something else.
    #[error("`{file}` is not what was signed: the payload or the signature was changed")]
    Tampered {
        /// The file.
        file: String,
    },
    /// The signature is one of somebody whose signatures don't count here.
    #[error("`{file}` is signed by {key}, which is no allowed signer's key")]
    UnknownSigner {
        /// The file.
        file: String,
        /// The key's fingerprint.
        key: String,
    },
    /// The statement is about something else.
    #[error("`{file}` is signed, and {what}")]
    OtherCommit {
        /// The file.
        file: String,
        /// About what.
        what: String,
    },
    /// There is no rule of this name.
    #[error("there is no rule `{name}`")]
    UnknownRule {
        /// What was asked for.
        name: String,
        /// The most similar name.
        nearest: Option<String>,
    },
    /// There is no schema of this name.
    #[error("there is no schema `{name}`")]
    UnknownSchema {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// There is nobody to exchange records with.
    #[error("{}", if known.is_empty() { "this repository has no remote" } else { "it is not clear which remote is meant" })]
    NoRemote {
        /// The remotes there are.
        known: Vec<String>,
    },
    /// Others pushed each time between fetching and pushing.
    #[error("others pushed to `{remote}` each time in between; what was fetched is kept here")]
    PushContended {
        /// The remote.
        remote: String,
    },
    /// The remote does not want it.
    #[error("`{remote}` did not take {name}: {reason}")]
    PushRefused {
        /// The remote.
        remote: String,
        /// The ref.
        name: String,
        /// What git says.
        reason: String,
    },
    /// core.hooksPath is set for more than this repository.
    #[error(
        "core.hooksPath is `{value}` in the {scope} configuration, so that hooks written there would run in other repositories too"
    )]
    HooksElsewhere {
        /// `global`, `system`, or `command line`.
        scope: &'static str,
        /// The value.
        value: String,
    },
    /// git has no hook of this name that drift answers.
    #[error("drift answers no hook `{name}`")]
    UnknownHook {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<&'static str>,
    },
    /// A hook about a message was called without its file.
    #[error("git names the file that holds the message, and nobody did")]
    NoMessageFile,
    /// A line of what git announced before a push.
    #[error("git announced a push in words that drift can't read: `{0}`")]
    UnreadablePush(String),
    /// Test results that can't be read.
    #[error("{file}: {what}")]
    UnreadableResults {
        /// The file, as it was named.
        file: String,
        /// What is wrong, and where.
        what: String,
        /// What settles it.
        help: String,
    },
    /// A file in the way.
    #[error("`{path}` is already there")]
    Exists {
        /// The file.
        path: String,
    },
    /// A branch is bound to a run that was started, and its record is not here.
    #[error("the branch `{branch}` is bound to {handle}, and its record is not here")]
    NoRecord {
        /// The run.
        handle: String,
        /// The branch.
        branch: String,
    },
    /// Something that a run's record should hold is missing or can't be read.
    #[error("the record of {handle} can't be read: {what}")]
    BrokenRecord {
        /// The run.
        handle: String,
        /// What is wrong.
        what: String,
    },
}

impl From<RemovalRefusal> for Refusal {
    fn from(refusal: RemovalRefusal) -> Self {
        Self::Removal(Box::new(refusal))
    }
}

fn on_branch(branch: Option<&str>) -> String {
    branch
        .map(|branch| format!(" on the branch `{branch}`"))
        .unwrap_or_default()
}
