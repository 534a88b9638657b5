//! `drift approve`: a person's word that an artifact is what should be done, kept as a commit on the run's record.

use super::run_file::{ApprovalEntry, ApprovalsFile, ChecklistEntry, RunFile, to_json};
use super::runs::{self, Run, artifact_name};
use super::text_changes::text_changes;
use super::{OpsError, Refusal, World, widened};
use crate::formats::{self, Input};
use crate::git::{RecordChange, Repository};
use crate::model::{Plan, RunState, Source, Transition};
use std::collections::{BTreeMap, HashSet};

/// What is about to be approved, for a person to look at.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The run.
    pub run: Run,
    /// The artifacts that are not approved as they are, each with its questions.
    pub artifacts: Vec<Proposed>,
    /// The artifacts that are approved already.
    pub settled: Vec<String>,
    /// The whole plan.
    pub plan: Plan,
    /// How many files of today's tree the plan covers, by declared pattern.
    pub covers: Vec<(String, usize)>,
    /// What the plan allows beyond what was approved last; empty the first time.
    pub widened: Vec<String>,
}

/// One artifact to approve.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// The file name.
    pub name: String,
    /// The hash of what matters of it.
    pub hash: String,
    /// What the approver should have looked at.
    pub checklist: Vec<&'static str>,
    /// What it says otherwise than the text that was approved last: lines of a unified diff; empty the first time.
    pub changes: Vec<String>,
}

/// What `drift approve` did.
#[derive(Clone, Debug)]
pub struct Approved {
    /// The run's handle.
    pub handle: String,
    /// The artifacts that are approved now.
    pub artifacts: Vec<String>,
    /// Whether all of them are, so that the run can start.
    pub complete: bool,
}

/// What would be approved; `names` are artifacts by file name, with or without its ending, and none means all.
pub fn propose(world: &World, run: Option<&str>, names: &[String]) -> Result<Proposal, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let run = runs::current(&repository, run)?;
    refuse_if_started(&run)?;
    let plan = run.drafted_plan()?;
    refuse_if_unfilled(&run, &plan)?;
    let wanted = wanted(&run, names)?;
    let (settled, open): (Vec<&Source>, Vec<&Source>) = plan
        .sources
        .iter()
        .partition(|source| is_settled(&run.approvals, source));
    let artifacts = open
        .into_iter()
        .filter(|it| wanted.iter().any(|name| name == artifact_name(it)))
        .map(|source| proposed(&run, source))
        .collect();
    Ok(Proposal {
        settled: settled.iter().map(|it| artifact_name(it).to_owned()).collect(),
        artifacts,
        covers: covers(&repository, &plan)?,
        widened: since_last_time(&run, &plan),
        plan,
        run,
    })
}

/// Nobody means what the templates say.
fn refuse_if_unfilled(run: &Run, plan: &Plan) -> Result<(), Refusal> {
    let left = |source: &Source| Some((artifact_name(source).to_owned(), formats::unfilled(&source.text)?));
    let native = plan
        .sources
        .iter()
        .filter(|source| formats::SCHEMA_NAMES.contains(&source.format));
    match native.into_iter().find_map(left) {
        None => Ok(()),
        Some((artifact, placeholder)) => Err(Refusal::Unfilled {
            handle: run.handle.to_string(),
            artifact,
            placeholder,
        }),
    }
}

/// Writes the approval to the run's record. `ticked`: whether a person answered the checklist, or `--yes` did.
pub fn approve(
    world: &World,
    proposal: &Proposal,
    ticked: Ticked,
    note: Option<&str>,
    sign: bool,
) -> Result<Approved, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let template = ApprovalEntry {
        approved_by: super::identity(&repository)?,
        approved_at: world.timestamp(),
        note: note_of(ticked, note),
        signed: sign,
        ..ApprovalEntry::default()
    };
    let new = entries(proposal, &template);
    let names: Vec<String> = new.keys().cloned().collect();
    let mut complete = false;
    repository.update_record(&proposal.run.handle, &mut |record| {
        let current = runs::assemble(&proposal.run.handle, record, proposal.run.drafted.clone())?;
        refuse_if_started(&current)?;
        let approvals = current.approvals.and(new.clone());
        complete = proposal
            .plan
            .sources
            .iter()
            .all(|source| is_settled(&approvals, source));
        let state = if complete { RunState::Approved } else { RunState::Draft };
        // Before the first approval only the draft knows the run's id and where its artifacts came from.
        let known = record.is_some_and(|record| record.files.contains_key("run.json"));
        let file = if known { current.file } else { proposal.run.file.clone() }.in_state(state);
        Ok::<_, OpsError>(Some(RecordChange {
            sign,
            ..change(world, &proposal.run, &names, &approvals, &file)
        }))
    })?;
    Ok(Approved {
        handle: proposal.run.handle.to_string(),
        artifacts: names,
        complete,
    })
}

/// The approval of each proposed artifact, by its name; what is the same for all stands in `template`.
fn entries(proposal: &Proposal, template: &ApprovalEntry) -> BTreeMap<String, ApprovalEntry> {
    let ticked = |item: &&str| ChecklistEntry {
        item: item.to_string(),
        checked: true,
    };
    let entry = |proposed: &Proposed| ApprovalEntry {
        hash: proposed.hash.clone(),
        checklist: proposed.checklist.iter().map(ticked).collect(),
        ..template.clone()
    };
    let artifacts = proposal.artifacts.iter();
    artifacts.map(|it| (it.name.clone(), entry(it))).collect()
}

/// From `start` on the artifacts are frozen, and so is the approval that they had.
fn refuse_if_started(run: &Run) -> Result<(), Refusal> {
    if !run.is_frozen() {
        return Ok(());
    }
    Err(Refusal::AlreadyStarted {
        handle: run.handle.to_string(),
        state: run.state().name(),
    })
}

/// Who answered the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticked {
    /// A person on a terminal.
    ByPerson,
    /// `--yes`: the record says so.
    ByFlag,
}

fn note_of(ticked: Ticked, note: Option<&str>) -> Option<String> {
    match (ticked, note) {
        (Ticked::ByPerson, note) => note.map(str::to_owned),
        (Ticked::ByFlag, None) => Some("ticked by --yes, without a terminal".into()),
        (Ticked::ByFlag, Some(note)) => Some(format!("{note} (ticked by --yes, without a terminal)")),
    }
}

fn change(world: &World, run: &Run, names: &[String], approvals: &ApprovalsFile, file: &RunFile) -> RecordChange {
    let artifacts = names
        .iter()
        .filter_map(|name| Some((name.clone(), Some(run.drafted.get(name)?.clone()))));
    let mut files: BTreeMap<String, Option<Vec<u8>>> = artifacts.collect();
    files.insert("approvals.json".into(), Some(to_json(approvals)));
    files.insert("run.json".into(), Some(to_json(file)));
    RecordChange {
        detail: names.join(", "),
        files,
        ..RecordChange::new(Transition::Approved, world.now)
    }
}

/// Whether the source is approved as it is.
fn is_settled(approvals: &ApprovalsFile, source: &Source) -> bool {
    let approval = approvals.artifacts.get(artifact_name(source));
    approval.is_some_and(|approval| approval.hash == source.hash)
}

fn wanted(run: &Run, names: &[String]) -> Result<Vec<String>, OpsError> {
    let known: Vec<String> = run.drafted.keys().cloned().collect();
    if names.is_empty() {
        return Ok(known);
    }
    let find = |name: &String| {
        let own = known
            .iter()
            .find(|file| *file == name || file.rsplit_once('.').is_some_and(|(stem, _)| stem == name));
        own.cloned().ok_or_else(|| {
            OpsError::from(Refusal::UnknownArtifact {
                handle: run.handle.to_string(),
                name: name.clone(),
                known: known.clone(),
            })
        })
    };
    names.iter().map(find).collect()
}

fn proposed(run: &Run, source: &Source) -> Proposed {
    let checklist = match source.format {
        "intent" => vec![
            "the goal is what was asked for",
            "the allowed files are enough, and no more than needed",
            "what must not be touched is forbidden",
        ],
        "commit_plan" => vec![
            "each unit is one change that can be reviewed by itself",
            "the units together reach the goal",
        ],
        "test_contract" => vec!["the required tests would fail without the work"],
        _ => vec![
            "the goal is what was asked for",
            "the declared files are enough, and no more than needed",
            "each task is one change that can be reviewed by itself",
        ],
    };
    Proposed {
        name: artifact_name(source).to_owned(),
        hash: source.hash.clone(),
        checklist,
        changes: since_approved(run, artifact_name(source)),
    }
}

fn since_approved(run: &Run, name: &str) -> Vec<String> {
    let both = run.recorded.get(name).zip(run.drafted.get(name));
    both.map(|(old, new)| text_changes(old, new)).unwrap_or_default()
}

/// For each declared pattern the number of files that it names in today's tree.
fn covers(repository: &Repository, plan: &Plan) -> Result<Vec<(String, usize)>, OpsError> {
    let patterns: Vec<_> = plan.declarations().map(|(_, it)| it.pattern.clone()).collect();
    let Some(head) = repository.born_head()? else {
        return Ok(Vec::new());
    };
    let listing = repository.tree_listing(head, Some(&patterns))?;
    let mut seen = HashSet::new();
    let distinct = patterns.iter().map(|pattern| (pattern.to_text(), pattern));
    let distinct = distinct.filter(|(text, _)| seen.insert(text.clone()));
    Ok(distinct
        .map(|(text, pattern)| (text, listing.matching(pattern).count()))
        .collect())
}

/// What grew since the texts that were approved last.
fn since_last_time(run: &Run, plan: &Plan) -> Vec<String> {
    if run.recorded.is_empty() {
        return Vec::new();
    }
    let input = |(name, bytes): (&String, &Vec<u8>)| Input {
        name: name.clone(),
        repo_path: None,
        bytes: bytes.clone(),
    };
    widened::growth(&formats::read(run.recorded.iter().map(input).collect()), plan)
}
