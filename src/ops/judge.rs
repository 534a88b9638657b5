//! From a plan and a range to a report: the chain that check, status, report and accept share.

use super::{OpsError, Refusal, World, policy, reachable, siblings, standing, test_files, widened, witness};
use crate::compare::{self, Inputs, Questions};
use crate::config::Config;
use crate::formats;
use crate::git::{GitError, Query, Repository};
use crate::model::{
    Acceptance, History, Judgement, PathPattern, Plan, RepoPath, Report, RunSummary, Source, Stamp, TreeListing,
    Verdict, Witnesses,
};
use crate::ops::runs::Run;
use crate::report::wire::v1::RunReport;
use crate::report::{Look, renderer};
use crate::rules;

/// What is judged.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What was planned.
    pub plan: Plan,
    /// The run, where there is one.
    pub run: Option<Run>,
}

/// Which range, and how closely to look.
#[derive(Clone, Debug, Default)]
pub struct Range {
    /// The base that the user names.
    pub base: Option<String>,
    /// The target that the user names.
    pub target: Option<String>,
    /// Whether lines are counted, though no limit asks for it.
    pub line_counts: bool,
    /// Whether remarks are left out, which nobody is shown.
    pub without_remarks: bool,
}

/// A report, and what its printing needs besides.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The report.
    pub report: RunReport,
    /// The plan's texts, for snippets.
    pub sources: Vec<Source>,
    /// What is wrong with the policy: one line each.
    pub warnings: Vec<String>,
    /// The verdict.
    pub verdict: Verdict,
}

impl Subject {
    /// The plans that `--plan` names.
    pub fn of_plans(names: &[String], repository: &Repository, world: &World) -> Result<Self, OpsError> {
        let inputs = super::sources::read_plans(names, repository, world)?;
        Ok(Self {
            plan: formats::read(inputs),
            run: None,
        })
    }

    /// A run, by the artifacts that count.
    pub fn of_run(run: Run) -> Self {
        Self {
            plan: formats::read(run.inputs()),
            run: Some(run),
        }
    }

    /// The named plans, or else the run that is meant.
    pub fn select(
        plans: &[String],
        run: Option<&str>,
        repository: &Repository,
        world: &World,
    ) -> Result<Self, OpsError> {
        if plans.is_empty() {
            return Ok(Self::of_run(super::runs::current(repository, run)?));
        }
        Self::of_plans(plans, repository, world)
    }
}

/// Looks at the range and judges it.
pub fn judge(repository: &Repository, world: &World, subject: &Subject, range: &Range) -> Result<Judged, OpsError> {
    let subject = &reachable::subject(repository, subject, range)?;
    let plan = &subject.plan;
    let target_ref = target_ref(subject, range);
    refuse_if_branch_is_gone(repository, subject, &target_ref)?;
    let base_ref = base_ref(repository, subject, range)?;
    let Questions {
        patterns,
        contents,
        tags,
        line_counts,
    } = compare::questions(plan);
    let mut history = repository.observe(&Query {
        line_counts: range.line_counts || line_counts,
        threads: world.threads,
        patterns: patterns.clone(),
        tags,
        contents: files_named(repository, &target_ref, &contents)?,
        ..Query::new(&base_ref, &target_ref)
    })?;
    let is_empty = history.merge_base == history.target;
    if !is_empty && has_lost_pattern(&patterns, &history) {
        history.base_tree = repository.tree_listing(history.merge_base, None)?;
        history.target_tree = repository.tree_listing(history.target, None)?;
    }
    let config = policy::read(repository, history.merge_base)?;
    let (witnesses, unread) = witnesses(repository, subject, range, &history, &config);
    let siblings = siblings::of(repository, subject.run.as_ref())?;
    let test_files = test_files::read(repository, plan, &history)?;
    let comparison = compare::compare(Inputs {
        history: Some(&history),
        test_files: test_files.as_ref(),
        siblings: &siblings,
        standings: standing::of(plan, subject.run.as_ref()),
        begun: subject.run.as_ref().is_some_and(Run::is_frozen),
        widened: widened::within(repository, subject, &history, &config)?,
        witnesses,
        ..Inputs::new(plan, &config.policy)
    });
    let judgement = rules::judge(&comparison, &config.policy, &acceptances(subject));
    let report = RunReport::of(&Report {
        version: env!("CARGO_PKG_VERSION"),
        run: subject.run.as_ref().map(summary),
        comparison: &comparison,
        judgement: &judgement,
        stamp: stamp(repository, world, subject)?,
    });
    Ok(Judged {
        report,
        sources: plan.sources.clone(),
        warnings: warnings(&config, &judgement, unread.as_ref()),
        verdict: judgement.verdict,
    })
}

/// What the hooks saw of the commits, or why that is not known; neither without a run, nor where nobody is shown it.
fn witnesses(
    repository: &Repository,
    subject: &Subject,
    range: &Range,
    history: &History,
    config: &Config,
) -> (Option<Witnesses>, Option<OpsError>) {
    let run = subject.run.as_ref();
    let Some(run) = run.filter(|_| !(range.without_remarks && witness::is_remark(&config.policy))) else {
        return (None, None);
    };
    match witness::of(repository, &run.handle, history) {
        Ok(known) => (Some(known), None),
        Err(error) => (None, Some(error)),
    }
}

/// Whether a pattern names nothing at either end: then the whole trees are listed, so that the nearest path is found.
fn has_lost_pattern(patterns: &[PathPattern], history: &History) -> bool {
    let names = |pattern: &PathPattern, tree: &TreeListing| tree.matching(pattern).next().is_some();
    patterns
        .iter()
        .any(|it| !names(it, &history.base_tree) && !names(it, &history.target_tree))
}

/// The files whose content is asked for; patterns are looked up in the target's tree, in all of it where one of them
/// names nothing.
fn files_named(repository: &Repository, target: &str, patterns: &[PathPattern]) -> Result<Vec<RepoPath>, OpsError> {
    if patterns.is_empty() {
        return Ok(Vec::new());
    }
    let commit = repository.resolve_commit(target)?;
    let mut listing = repository.tree_listing(commit, Some(patterns))?;
    if patterns.iter().any(|it| listing.matching(it).next().is_none()) {
        listing = repository.tree_listing(commit, None)?;
    }
    let mut files: Vec<RepoPath> = patterns
        .iter()
        .flat_map(|pattern| listing.meant(pattern))
        .map(|file| file.path.clone())
        .collect();
    files.sort();
    files.dedup();
    Ok(files)
}

/// What the user names, else what the plan names, else where the run began, else the remote's default branch.
pub(super) fn base_ref(repository: &Repository, subject: &Subject, range: &Range) -> Result<String, OpsError> {
    if let Some(base) = &range.base {
        return Ok(base.clone());
    }
    if let Some(base) = subject.plan.lanes.iter().find_map(|lane| lane.base_ref.clone()) {
        return Ok(base);
    }
    let started = subject.run.as_ref().and_then(|run| run.file.base.clone());
    if let Some(started) = started {
        return Ok(after_rebase(repository, subject, &started, &target_ref(subject, range))?.unwrap_or(started));
    }
    repository.default_base()?.ok_or_else(|| Refusal::NoBase.into())
}

/// A branch that was rebased since its run began no longer starts where it did: the fork point from the default branch
/// counts, if it lies after the commit that the run was started on.
fn after_rebase(
    repository: &Repository,
    subject: &Subject,
    started: &str,
    target: &str,
) -> Result<Option<String>, OpsError> {
    let Some(base) = repository.default_base()? else {
        return Ok(None);
    };
    let own = subject.run.as_ref().and_then(|run| run.file.branch.clone());
    if own.is_none() || own.as_deref() == Some(base.as_str()) {
        return Ok(None);
    }
    let target = repository.resolve_commit(target)?;
    let Some(fork) = repository.merge_base(repository.resolve_commit(&base)?, target)? else {
        return Ok(None);
    };
    let started_id = repository.resolve_commit(started)?;
    let moved = fork != target && fork != started_id && repository.merge_base(started_id, fork)? == Some(started_id);
    Ok(moved.then(|| fork.to_string()))
}

/// What the user names, else what the plan names, else the run's branch, else HEAD.
fn target_ref(subject: &Subject, range: &Range) -> String {
    let planned = || subject.plan.lanes.iter().find_map(|lane| lane.target_ref.clone());
    let branch = || subject.run.as_ref().and_then(|run| run.file.branch.clone());
    range
        .target
        .clone()
        .or_else(planned)
        .or_else(branch)
        .unwrap_or_else(|| "HEAD".into())
}

/// A run's branch may have been deleted once it was merged.
fn refuse_if_branch_is_gone(repository: &Repository, subject: &Subject, target: &str) -> Result<(), OpsError> {
    let Some(run) = &subject.run else { return Ok(()) };
    if run.file.branch.as_deref() != Some(target) {
        return Ok(());
    }
    match repository.resolve_commit(target) {
        Err(GitError::UnknownRevision { .. }) => Err(Refusal::BranchGone {
            handle: run.handle.to_string(),
            branch: target.to_owned(),
            reported: run.file.target.clone(),
        }
        .into()),
        _ => Ok(()),
    }
}

pub(super) fn acceptances(subject: &Subject) -> Vec<Acceptance> {
    let kept = subject.run.iter().flat_map(|run| &run.acceptances.acceptances);
    kept.map(|entry| entry.acceptance()).collect()
}

fn summary(run: &Run) -> RunSummary {
    RunSummary {
        id: run.file.id.clone(),
        slug: run.handle.slug().to_owned(),
        handle: run.handle.to_string(),
        state: run.state(),
    }
}

/// A run's stamp is what `start` wrote; a plan without a run is stamped with the place where it is checked.
fn stamp(repository: &Repository, world: &World, subject: &Subject) -> Result<Stamp, OpsError> {
    let reported_at = Some(world.timestamp());
    if let Some(run) = &subject.run {
        return Ok(Stamp {
            branch: run.file.branch.clone(),
            worktree: run.file.worktree.clone(),
            session: run.file.session.clone(),
            started_at: run.file.started_at.clone(),
            reported_at,
        });
    }
    Ok(Stamp {
        branch: repository.head_branch()?,
        worktree: repository.worktree_name(),
        session: world.session.clone(),
        started_at: None,
        reported_at,
    })
}

fn warnings(config: &Config, judgement: &Judgement, unread: Option<&OpsError>) -> Vec<String> {
    let unread = unread.map(|error| format!("which commits the hooks saw is not known: {error}"));
    let unused = judgement
        .unused_acceptances
        .iter()
        .map(|it| format!("the acceptance of {} meets no finding any more", it.fingerprint));
    policy::warnings(config)
        .into_iter()
        .chain(unused)
        .chain(unread)
        .collect()
}

/// The report in the format that `--format name` means, one of [`super::report_formats`]; `width` is that of the terminal.
pub fn render(judged: &Judged, name: &str, width: usize, verbose: bool) -> String {
    let look = Look {
        width,
        sources: &judged.sources,
        verbose,
    };
    renderer(name)
        .map(|renderer| (renderer.render)(&judged.report, &look))
        .unwrap_or_default()
}
