//! Runs as they are kept: found by name or by branch, and read from the record, or from the folder they are drafted in.

use super::run_file::{AcceptancesFile, ApprovalsFile, RunFile};
use super::{OpsError, Refusal, policy};
use crate::formats::{self, Input};
use crate::git::{GitError, Record, RecordError, Repository};
use crate::model::{
    ApprovalState, Handle, HandleLookup, Plan, RepoPath, RunState, Source, Transition, printable, resolve_handle,
};
use crate::store::{self, Home};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The files beside the artifacts, in the record and in the draft's folder.
const NO_ARTIFACTS: [&str; 6] = [
    "run.json",
    "approvals.json",
    "acceptances.json",
    "run_report.json",
    "report.md",
    "report.html",
];

/// Everything that is kept of one run.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its name.
    pub handle: Handle,
    /// Its state and stamp.
    pub file: RunFile,
    /// The artifacts as approved, by file name.
    pub recorded: BTreeMap<String, Vec<u8>>,
    /// The artifacts as they lie in the worktree, by file name.
    pub drafted: BTreeMap<String, Vec<u8>>,
    /// Who approved what.
    pub approvals: ApprovalsFile,
    /// What was accepted.
    pub acceptances: AcceptancesFile,
    /// The last report, as it was written.
    pub report: Option<Vec<u8>>,
    /// The state of the signature on the approvals, where one of them was signed.
    pub signature: Option<ApprovalState>,
}

impl Run {
    /// The state that the record gives it.
    pub fn state(&self) -> RunState {
        self.file.run_state()
    }

    /// Whether it is neither finished nor discarded.
    pub fn is_open(&self) -> bool {
        self.state() < RunState::Finished
    }

    /// Whether it has begun, so that the record's artifacts count and not the worktree's.
    pub fn is_frozen(&self) -> bool {
        self.state() >= RunState::Active
    }

    /// The artifacts that count.
    pub fn artifacts(&self) -> &BTreeMap<String, Vec<u8>> {
        if self.is_frozen() {
            &self.recorded
        } else {
            &self.drafted
        }
    }

    /// The artifacts that count, as the readers take them.
    pub fn inputs(&self) -> Vec<Input> {
        let artifacts = self.artifacts().iter();
        artifacts.map(|(name, bytes)| self.input(name, bytes)).collect()
    }

    /// One artifact as the readers take it, from wherever its bytes come.
    pub fn input(&self, name: &str, bytes: &[u8]) -> Input {
        let path = format!("{}/{name}", folder_of(&self.handle));
        Input {
            repo_path: Some(RepoPath::from(path.as_str())),
            name: path,
            bytes: bytes.to_owned(),
        }
    }

    /// The plan that lies in the worktree; a refusal where there is none, or one that can't be read without doubt.
    pub fn drafted_plan(&self) -> Result<Plan, Refusal> {
        if self.drafted.is_empty() {
            return Err(Refusal::NoArtifacts {
                folder: folder_of(&self.handle),
            });
        }
        let inputs = self.drafted.iter().map(|(name, bytes)| self.input(name, bytes));
        let plan = formats::read(inputs.collect());
        if plan.problems.is_empty() {
            return Ok(plan);
        }
        Err(Refusal::PlanHasProblems {
            handle: self.handle.to_string(),
            count: plan.problems.len(),
        })
    }

    /// A refusal unless the work has begun and is not over: what `report` and `accept` ask for.
    pub fn refuse_unless_under_way(&self) -> Result<(), Refusal> {
        let handle = self.handle.to_string();
        match self.state() {
            RunState::Draft | RunState::Approved => Err(Refusal::NotStarted { handle }),
            RunState::Finished | RunState::Discarded => Err(Refusal::Over {
                handle,
                state: self.state().name(),
            }),
            RunState::Active | RunState::Reported => Ok(()),
        }
    }
}

/// A run's folder, from the top of the worktree.
pub fn folder_of(handle: &Handle) -> String {
    format!(".drift/runs/{handle}")
}

/// The file name of a run's artifact, by which its approval is kept.
pub fn artifact_name(source: &Source) -> &str {
    source.name.rsplit('/').next().unwrap_or(&source.name)
}

/// Where else than in the worktree drafts and reports may lie: in the primary one, and in the home.
fn shared_places(repository: &Repository) -> Result<Vec<Home>, OpsError> {
    let main = repository.main_workdir()?.as_deref().map(Home::in_worktree);
    let mut places: Vec<Home> = main.into_iter().chain([home(repository)?]).collect();
    places.dedup();
    Ok(places)
}

/// The folder of a run's draft, if it has one: in the worktree, or else in a place that all worktrees share.
fn draft_folder(repository: &Repository, handle: &Handle) -> Result<Option<PathBuf>, OpsError> {
    let own = repository.workdir().map(|top| Home::in_worktree(top).run_dir(handle));
    if own.as_ref().is_some_and(|folder| store::is_folder(folder)) {
        return Ok(own);
    }
    let mut folders = shared_places(repository)?
        .into_iter()
        .map(|place| place.run_dir(handle));
    Ok(folders.find(|folder| store::is_folder(folder)))
}

/// Where terminal artifacts live: `.drift/` of the primary worktree, unless its policy says `home: local`.
///
/// A policy that can't be read leaves the default in place; `drift validate` says what is wrong with it.
pub fn home(repository: &Repository) -> Result<Home, OpsError> {
    let main = repository.main_workdir()?;
    let policy = main.as_deref().and_then(|top| policy::in_worktree(top).ok());
    let local = policy.is_some_and(|policy| policy.home_local);
    Ok(Home::of(main.as_deref(), repository.common_dir(), local))
}

/// The same for whoever writes there: from now on other worktrees find it too.
pub fn home_to_write(repository: &Repository) -> Result<Home, OpsError> {
    repository.note_primary_worktree()?;
    home(repository)
}

/// Every run that is known here: those with a record, and drafts.
pub fn all(repository: &Repository) -> Result<Vec<Handle>, OpsError> {
    let mut handles = repository.records()?;
    for place in shared_places(repository)? {
        handles.extend(place.runs()?);
    }
    if let Some(top) = repository.workdir() {
        handles.extend(Home::in_worktree(top).runs()?);
    }
    handles.sort();
    handles.dedup();
    Ok(handles)
}

/// The one way from a word to a run: full handle, id, id8 or slug; never a prefix, never a guess.
pub fn resolve(repository: &Repository, name: &str) -> Result<Run, OpsError> {
    let handles = all(repository)?;
    let mut candidates = Vec::with_capacity(handles.len());
    for handle in handles {
        // Only a whole id needs the run's file; every other name is in the handle.
        let id = if name.len() == 32 {
            readable(load(repository, &handle))?.ok().map(|run| run.file.id)
        } else {
            None
        };
        candidates.push((handle, id));
    }
    match resolve_handle(name, &candidates) {
        Ok(handle) => load(repository, &handle),
        Err(HandleLookup::Ambiguous { candidates, .. }) => Err(Refusal::AmbiguousRun {
            name: name.to_owned(),
            candidates: candidates.iter().map(ToString::to_string).collect(),
        }
        .into()),
        Err(HandleLookup::Unknown { nearest, .. }) => Err(Refusal::UnknownRun {
            name: name.to_owned(),
            nearest: nearest.iter().map(ToString::to_string).collect(),
        }
        .into()),
    }
}

/// The run that is meant: the named one, else the branch's, else the only one that names the branch, else the only draft:
/// of this worktree, or where it has none, of all.
pub fn current(repository: &Repository, name: Option<&str>) -> Result<Run, OpsError> {
    if let Some(name) = name {
        return resolve(repository, name);
    }
    let branch = repository.head_branch()?;
    if let Some(bound) = branch.as_deref().and_then(|branch| repository.bound_run(branch)) {
        refuse_without_record(repository, &bound)?;
        return load(repository, &bound);
    }
    let open: Vec<Run> = open_runs(repository)?;
    let named: Vec<&Run> = open
        .iter()
        .filter(|run| run.file.branch == branch && branch.is_some())
        .collect();
    let drafts: Vec<&Run> = open.iter().filter(|run| run.file.branch.is_none()).collect();
    // What others prepare in their worktrees is not meant where this one has a draft of its own.
    let here = repository.workdir().map(Home::in_worktree);
    let here = here.map_or(Ok(Vec::new()), |home| home.runs())?;
    let own: Vec<&Run> = drafts
        .iter()
        .copied()
        .filter(|run| here.contains(&run.handle))
        .collect();
    let candidates = [named, own, drafts]
        .into_iter()
        .find(|some| !some.is_empty())
        .unwrap_or_default();
    match candidates.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Err(Refusal::NoRun {
            branch,
            candidates: open.iter().map(|run| run.handle.to_string()).collect(),
        }
        .into()),
        _ => Err(Refusal::SeveralRuns {
            branch,
            candidates: candidates.iter().map(|run| run.handle.to_string()).collect(),
        }
        .into()),
    }
}

/// A refusal where `bound`, the run of a branch, has lost its record: only a run that was started is bound, so that it is
/// no draft, whatever lies in the worktree.
fn refuse_without_record(repository: &Repository, bound: &Handle) -> Result<(), OpsError> {
    if repository.record_tip(bound)?.is_some() {
        return Ok(());
    }
    Err(Refusal::NoRecord {
        handle: bound.to_string(),
        branch: repository.branch_bound_to(bound).unwrap_or_default(),
    }
    .into())
}

/// The runs that are neither finished nor discarded. Those that can't be read are none of another run's business: a
/// branch that brings along a broken one must not keep the others from being judged.
pub fn open_runs(repository: &Repository) -> Result<Vec<Run>, OpsError> {
    let mut open = Vec::new();
    for handle in all(repository)? {
        if let Ok(run) = readable(load(repository, &handle))? {
            open.push(run);
        }
    }
    open.retain(Run::is_open);
    Ok(open)
}

/// Tells a run that can't be read, the inner error, from git or a disk that fails, the outer one.
pub fn readable(loaded: Result<Run, OpsError>) -> Result<Result<Run, OpsError>, OpsError> {
    match loaded {
        Err(
            error @ (OpsError::Refusal(Refusal::BrokenRecord { .. })
            | OpsError::Git(GitError::Record(RecordError::NotARecord { .. }))),
        ) => Ok(Err(error)),
        other => other.map(Ok),
    }
}

/// Reads a run from its record and from the worktree.
pub fn load(repository: &Repository, handle: &Handle) -> Result<Run, OpsError> {
    let record = repository.read_record_top(handle)?;
    let drafted = match draft_folder(repository, handle)? {
        Some(folder) => read_folder(&folder)?,
        None => BTreeMap::new(),
    };
    let mut run = assemble(handle, record.as_ref(), drafted)?;
    if run.approvals.artifacts.values().any(|approval| approval.signed) {
        run.signature = signature(repository, handle)?;
    }
    follow_branch(repository, &mut run);
    Ok(run)
}

/// git moves the binding of a branch that is renamed, and the run goes with it.
pub fn follow_branch(repository: &Repository, run: &mut Run) {
    let Some(branch) = run.file.branch.as_deref() else {
        return;
    };
    if run.is_open() && repository.bound_run(branch).as_ref() != Some(&run.handle) {
        let now = repository.branch_bound_to(&run.handle);
        run.file.branch = now.or(run.file.branch.take());
    }
}

/// The signature of the last approval, as the git program verifies it.
fn signature(repository: &Repository, handle: &Handle) -> Result<Option<ApprovalState>, OpsError> {
    let log = repository.record_log(handle)?;
    let approved = log
        .iter()
        .filter(|entry| entry.transition == Some(Transition::Approved))
        .max_by_key(|it| it.time);
    Ok(approved.map(|entry| repository.signature_state(entry.id)).transpose()?)
}

/// The run that a record and a draft's files make.
pub fn assemble(handle: &Handle, record: Option<&Record>, drafted: BTreeMap<String, Vec<u8>>) -> Result<Run, OpsError> {
    let recorded = record.map(|record| record.files.clone()).unwrap_or_default();
    if record.is_some() && !recorded.contains_key("run.json") {
        return Err(Refusal::BrokenRecord {
            handle: handle.to_string(),
            what: "it holds no run.json".to_owned(),
        }
        .into());
    }
    let parts = Parts {
        handle,
        recorded: &recorded,
        drafted: &drafted,
    };
    Ok(Run {
        handle: handle.clone(),
        file: parts.run_file()?,
        approvals: parts.read("approvals.json")?.unwrap_or_default(),
        acceptances: parts.read("acceptances.json")?.unwrap_or_default(),
        report: recorded.get("run_report.json").cloned(),
        recorded: artifacts(recorded.clone()),
        drafted: artifacts(drafted.clone()),
        signature: None,
    })
}

/// The two places that a run's files come from.
struct Parts<'a> {
    handle: &'a Handle,
    recorded: &'a BTreeMap<String, Vec<u8>>,
    drafted: &'a BTreeMap<String, Vec<u8>>,
}

impl Parts<'_> {
    fn run_file(&self) -> Result<RunFile, OpsError> {
        let name = "run.json";
        let Some(bytes) = self.recorded.get(name).or_else(|| self.drafted.get(name)) else {
            return Ok(RunFile {
                slug: self.handle.slug().to_owned(),
                id: self.handle.id8().to_owned(),
                ..RunFile::default()
            });
        };
        let file: RunFile = self.parse(name, bytes)?;
        if file.has_known_state() {
            return Ok(file);
        }
        let state = printable(&file.state);
        Err(self.broken(format!("{name}: this version of drift knows no state `{state}`")))
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, OpsError> {
        self.recorded.get(name).map(|bytes| self.parse(name, bytes)).transpose()
    }

    fn parse<T: DeserializeOwned>(&self, name: &str, bytes: &[u8]) -> Result<T, OpsError> {
        serde_json::from_slice(bytes).map_err(|error| self.broken(format!("{name}: {error}")))
    }

    fn broken(&self, what: String) -> OpsError {
        let handle = self.handle.to_string();
        Refusal::BrokenRecord { handle, what }.into()
    }
}

/// Whether drift keeps a file of this name beside the artifacts, so that none of them can be called so.
pub fn is_own_file(name: &str) -> bool {
    NO_ARTIFACTS.contains(&name)
}

fn artifacts(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    // What editors and a killed drift leave beside the artifacts is hidden, or ends in a tilde.
    let is_left_over = |name: &str| name.starts_with('.') || name.ends_with('~');
    let is_artifact =
        |name: &String| !NO_ARTIFACTS.contains(&name.as_str()) && !name.contains('/') && !is_left_over(name);
    files.into_iter().filter(|(name, _)| is_artifact(name)).collect()
}

fn read_folder(folder: &std::path::Path) -> Result<BTreeMap<String, Vec<u8>>, OpsError> {
    let mut files = BTreeMap::new();
    for name in store::list(folder)? {
        let bytes = store::read(&folder.join(&name))?;
        files.insert(name, bytes);
    }
    Ok(files)
}
