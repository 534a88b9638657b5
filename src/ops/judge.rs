//! From a plan and a range to a report: the chain that check, status, report and accept share.

use super::evidence::kept::{self, Kept};
use super::lost_assertions;
use super::{
    OpsError, Refusal, World, accounts, faults, policy, reachable, siblings, standing, test_files, widened, witness,
};
use crate::compare::{self, Inputs, Questions, TestEvidence};
use crate::config::Config;
use crate::formats;
use crate::git::{GitError, Query, Repository};
use crate::model::{
    Acceptance, History, Judgement, Lane, LostAssertions, ObjectId, PathPattern, Plan, RepoPath, Report, RunSummary,
    Source, Stamp, TreeListing, Verdict, Witnesses,
};
use crate::ops::runs::Run;
use crate::ops::sources::Named;
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
        let Named { inputs, companions } = super::sources::read_plans(names, repository, world)?;
        Ok(Self {
            plan: formats::read_beside(inputs, companions),
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
    let target_ref = target_ref(repository, subject, range)?;
    refuse_if_branch_is_gone(repository, subject, &target_ref)?;
    let target = repository.resolve_commit(&target_ref)?;
    let subject = &accounts::with_claims(repository, world, subject, target)?;
    let plan = &subject.plan;
    let history = observed(repository, world, subject, range, &target_ref)?;
    let policy_text = repository.file_at(history.merge_base, policy::CONFIG_PATH.as_bytes())?;
    let policy_source = policy_text.as_deref().map(faults::source);
    let config = policy::parse(&policy_text.unwrap_or_default());
    let (witnesses, unread) = witnesses(repository, subject, range, &history, &config);
    let siblings = siblings::of(repository, subject.run.as_ref())?;
    let test_files = test_files::read(repository, plan, &history)?;
    let tests = Tests::of(repository, subject, &history)?;
    let comparison = compare::compare(Inputs {
        history: Some(&history),
        test_files: test_files.as_ref(),
        siblings: &siblings,
        named_commits: repository.named_commits(&accounts::named_commits(plan), &history)?,
        standings: standing::of(plan, subject.run.as_ref()),
        begun: subject.run.as_ref().is_some_and(Run::is_frozen),
        faults: faults::of_config(&config)
            .into_iter()
            .chain(faults::of_lessons(repository)?)
            .collect(),
        widened: widened::within(repository, subject, &history, &config)?,
        witnesses,
        evidence: tests.as_ref().map(Tests::evidence),
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
        sources: plan.sources.iter().cloned().chain(policy_source).collect(),
        warnings: warnings(&judgement, unread.as_ref())
            .into_iter()
            .chain(tests.into_iter().flat_map(|tests| tests.kept.unreadable))
            .collect(),
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

/// The evidence of a run that has begun, and what it is held against.
struct Tests {
    kept: Kept,
    target: ObjectId,
    lost_assertions: Vec<LostAssertions>,
}

impl Tests {
    /// `None` where there is no run that has begun, or none of its plans speaks of tests.
    fn of(repository: &Repository, subject: &Subject, history: &History) -> Result<Option<Self>, OpsError> {
        let speaks_of_tests = |lane: &Lane| !(lane.tests.is_empty() && lane.suites.is_empty());
        let begun = subject.run.as_ref().filter(|run| run.is_frozen());
        let Some(run) = begun.filter(|_| subject.plan.lanes.iter().any(speaks_of_tests)) else {
            return Ok(None);
        };
        Ok(Some(Self {
            kept: kept::of_run(repository, &run.handle)?,
            target: repository.content_tree_of(history.target)?,
            lost_assertions: lost_assertions::between(repository, &subject.plan, history)?,
        }))
    }

    fn evidence(&self) -> TestEvidence<'_> {
        TestEvidence {
            all: &self.kept.evidence,
            target: self.target,
            lost_assertions: &self.lost_assertions,
        }
    }
}

/// What git says of the range, with all that the plan asks of its trees.
fn observed(
    repository: &Repository,
    world: &World,
    subject: &Subject,
    range: &Range,
    target_ref: &str,
) -> Result<History, OpsError> {
    let base_ref = base_ref(repository, subject, range)?;
    let Questions {
        patterns,
        contents,
        tags,
        searches,
        line_counts,
    } = compare::questions(&subject.plan);
    let others = own_work(repository, subject, target_ref)?;
    let own_commits = others.is_some();
    let mut history = repository.observe(&Query {
        line_counts: range.line_counts || line_counts,
        threads: world.threads,
        patterns: patterns.clone(),
        tags,
        contents: files_named(repository, target_ref, &contents)?,
        searches,
        own_commits,
        others: others.unwrap_or_default(),
        ..Query::new(&base_ref, target_ref)
    })?;
    let is_empty = history.merge_base == history.target;
    if !is_empty && has_lost_pattern(&patterns, &history) {
        history.target_tree = repository.tree_listing(history.target, None)?;
        history.base_tree = if own_commits {
            history.target_tree.before(&history.changes, |_| true)
        } else {
            repository.tree_listing(history.merge_base, None)?
        };
    }
    Ok(history)
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
        return planned_base(repository, subject, range, base);
    }
    let started = subject.run.as_ref().and_then(|run| run.file.base.clone());
    if let Some(started) = started {
        return Ok(
            after_rebase(repository, subject, &started, &target_ref(repository, subject, range)?)?.unwrap_or(started),
        );
    }
    repository.default_base()?.ok_or_else(|| Refusal::NoBase.into())
}

/// The base that the plan names. A branch of its own has a fork point all the same where that commit is gone: what the
/// default branch has is not its work.
fn planned_base(repository: &Repository, subject: &Subject, range: &Range, base: String) -> Result<String, OpsError> {
    if if_known(repository, &base)?.is_some() {
        return Ok(base);
    }
    let target = target_ref(repository, subject, range)?;
    let instead = match own_work(repository, subject, &target)? {
        Some(_) => repository.default_base()?,
        None => None,
    };
    instead.ok_or_else(|| {
        Refusal::PlannedCommitGone {
            what: "base",
            rev: base,
        }
        .into()
    })
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

/// What the user names, else what the plan names, else the run's branch, else the branch that the plan calls its own
/// and that still exists, else HEAD.
fn target_ref(repository: &Repository, subject: &Subject, range: &Range) -> Result<String, OpsError> {
    let planned = || subject.plan.lanes.iter().find_map(|lane| lane.target_ref.clone());
    let branch = || subject.run.as_ref().and_then(|run| run.file.branch.clone());
    if let Some(target) = &range.target {
        return Ok(target.clone());
    }
    if let Some(target) = planned() {
        return match if_known(repository, &target)? {
            Some(_) => Ok(target),
            None => Err(Refusal::PlannedCommitGone {
                what: "target",
                rev: target,
            }
            .into()),
        };
    }
    let own = match branch() {
        Some(branch) => return Ok(branch),
        None => own_branch(repository, subject)?,
    };
    Ok(own.map_or_else(|| "HEAD".into(), |(branch, _)| branch))
}

/// The branch that all lanes of the plan call their own, and its commit, where it exists here or on a remote.
fn own_branch(repository: &Repository, subject: &Subject) -> Result<Option<(String, ObjectId)>, OpsError> {
    let mut names = subject.plan.lanes.iter().map(|lane| lane.own_branch.as_deref());
    let Some(name) = names.next().flatten() else {
        return Ok(None);
    };
    if !names.all(|other| other == Some(name)) {
        return Ok(None);
    }
    branch(repository, name)
}

/// A branch by its name and its commit, where it exists here or on the remote `origin`.
fn branch(repository: &Repository, name: &str) -> Result<Option<(String, ObjectId)>, OpsError> {
    for candidate in [name.to_owned(), format!("origin/{name}")] {
        if let Some(commit) = if_known(repository, &candidate)? {
            return Ok(Some((candidate, commit)));
        }
    }
    Ok(None)
}

fn if_known(repository: &Repository, rev: &str) -> Result<Option<ObjectId>, OpsError> {
    match repository.resolve_commit(rev) {
        Ok(commit) => Ok(Some(commit)),
        Err(GitError::UnknownRevision { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Where the target is the branch that was made for this work: the commits whose history is the work of others, which are
/// the branches before it and the default one. What was merged into it is then theirs, too.
fn own_work(repository: &Repository, subject: &Subject, target: &str) -> Result<Option<Vec<ObjectId>>, OpsError> {
    let Some((_, commit)) = own_branch(repository, subject)? else {
        return Ok(None);
    };
    if repository.resolve_commit(target)? != commit {
        return Ok(None);
    }
    let mut others = Vec::new();
    for name in subject.plan.lanes.iter().flat_map(|lane| &lane.branches_before) {
        others.extend(branch(repository, name)?.map(|(_, commit)| commit));
    }
    if let Some(base) = repository.default_base()? {
        others.push(repository.resolve_commit(&base)?);
    }
    // What has all of this branch was made from it, or is a branch with nothing of its own yet.
    let mut apart = Vec::new();
    for other in others {
        if repository.merge_base(other, commit)? != Some(commit) {
            apart.push(other);
        }
    }
    Ok(Some(apart))
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

/// What is worth saying besides the report: acceptances without a finding, and what is not known.
fn warnings(judgement: &Judgement, unread: Option<&OpsError>) -> Vec<String> {
    let unread = unread.map(|error| format!("which commits the hooks saw is not known: {error}"));
    let unused = judgement
        .unused_acceptances
        .iter()
        .map(|it| format!("the acceptance of {} meets no finding any more", it.fingerprint));
    unused.chain(unread).collect()
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
