//! `drift test`: runs the suites of the run's frozen contract, and keeps what came of it as evidence.
//!
//! Nothing runs that was not trusted on this machine. Each suite is kept as soon as it has ended, so that what is known is
//! kept whatever happens to the next one; a suite that a person interrupted leaves nothing.

mod report_files;
mod tools;

use super::evidence::kept;
use super::runs::{self, Run};
use super::{OpsError, Refusal, World, trust};
use crate::compare;
use crate::formats;
use crate::git::{ContentTrees, Repository};
use crate::model::{
    Evidence, Execution, ObjectId, Origin, Plan, PlannedTest, Shortfall, Suite, TestCounts, TestResults, TestedTree,
    nearest,
};
use crate::results;
pub use crate::runner::Event;
use crate::runner::{self, Interrupts, Job, Ran};
use report_files::ReportFiles;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long tests that are asked to end may take for it.
const GRACE: Duration = Duration::from_secs(3);
/// How many paths that tests changed are kept.
const CHANGED: usize = 20;

/// What a suite came to.
#[derive(Clone, Debug)]
pub struct SuiteOutcome {
    /// The suite.
    pub suite: Suite,
    /// The evidence that is kept; why the suite could not be run at all.
    pub evidence: Result<Evidence, String>,
    /// How many processes it left behind, which were ended.
    pub left_behind: usize,
}

impl SuiteOutcome {
    /// Why it does not count as passed; empty where it passed.
    pub fn shortfalls(&self) -> Vec<Shortfall> {
        match &self.evidence {
            Ok(evidence) => evidence.shortfalls(),
            Err(why) => vec![Shortfall::NoResults(why.clone())],
        }
    }
}

/// What `drift test` did.
#[derive(Clone, Debug)]
pub struct Tested {
    /// The run's handle.
    pub handle: String,
    /// Each suite that was run, in order.
    pub suites: Vec<SuiteOutcome>,
    /// Whether a person ended it.
    pub interrupted: bool,
    /// How many tests are required.
    pub required: usize,
    /// The ids of those among them that have no evidence for the tree that was tested, in the contract's order.
    pub lacking: Vec<String>,
}

/// What happens meanwhile.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'a> {
    /// Something that a person should know before the tests run.
    Remark(&'a str),
    /// A suite begins.
    Begins(&'a Suite),
    /// Its program printed something, or runs on.
    Happens(&'a Suite, Event<'a>),
    /// It has ended, and its evidence is kept.
    Ended(&'a SuiteOutcome),
}

/// Runs the suites that are named, or all, and keeps the evidence. Nothing to run is an empty list of suites.
pub fn test(
    world: &World,
    run: Option<&str>,
    names: &[String],
    watch: &mut dyn FnMut(Progress<'_>),
) -> Result<Tested, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let run = runs::current(&repository, run)?;
    run.refuse_unless_under_way()?;
    let plan = formats::read(run.inputs());
    let suites = wanted(&plan, &run, names)?;
    let mut tested = Tested {
        handle: run.handle.to_string(),
        suites: Vec::new(),
        interrupted: false,
        required: 0,
        lacking: Vec::new(),
    };
    if suites.is_empty() {
        return Ok(tested);
    }
    trust::refuse_unless_trusted(world, &repository, &run, &plan)?;
    let trees = repository.content_trees()?.ok_or(Refusal::NoWorktree)?;
    if let Some(remark) = other_branch(&repository, &run)? {
        watch(Progress::Remark(&remark));
    }
    let bench = Bench {
        world,
        repository: &repository,
        run: &run,
        promised: plan.lanes.iter().flat_map(|lane| &lane.tests).collect(),
        trees,
        variables: world.environment.without_local_variables(),
        interrupts: Interrupts::listen().map_err(OpsError::Signals)?,
        began: Instant::now(),
    };
    for suite in suites {
        watch(Progress::Begins(suite));
        match bench.run(suite, watch)? {
            Some(outcome) => {
                watch(Progress::Ended(&outcome));
                tested.suites.push(outcome);
            }
            None => {
                tested.interrupted = true;
                break;
            }
        }
    }
    (tested.required, tested.lacking) = required(&repository, &run, &bench)?;
    Ok(tested)
}

/// The suites that are named, or all, in the contract's order.
fn wanted<'p>(plan: &'p Plan, run: &Run, names: &[String]) -> Result<Vec<&'p Suite>, Refusal> {
    let known: Vec<&Suite> = trust::suites(plan).collect();
    if let Some(unknown) = names.iter().find(|name| !known.iter().any(|suite| suite.id == **name)) {
        let ids = || known.iter().map(|suite| suite.id.as_str());
        return Err(Refusal::UnknownSuite {
            handle: run.handle.to_string(),
            name: unknown.clone(),
            nearest: nearest(unknown, ids()).map(str::to_owned),
            known: ids().map(str::to_owned).collect(),
        });
    }
    let is_wanted = |suite: &&Suite| names.is_empty() || names.contains(&suite.id);
    Ok(known.into_iter().filter(is_wanted).collect())
}

/// Evidence counts by the tree; whoever tests on another branch than the run's may not mean to.
fn other_branch(repository: &Repository, run: &Run) -> Result<Option<String>, OpsError> {
    let here = repository.head_branch()?;
    let Some(own) = run.file.branch.as_ref().filter(|own| here.as_ref() != Some(own)) else {
        return Ok(None);
    };
    let here = here.map_or_else(|| "no branch".to_owned(), |here| format!("`{here}`"));
    Ok(Some(format!(
        "{here} is checked out, and the run works on `{own}`: what is tested is what lies here"
    )))
}

/// How many tests are required, and the ids of those that were not run on what lies in the worktree now: as `drift check`
/// counts them.
fn required(repository: &Repository, run: &Run, bench: &Bench<'_>) -> Result<(usize, Vec<String>), OpsError> {
    let now = bench.trees.now()?;
    let kept = kept::of_run(repository, &run.handle)?.evidence;
    let counting = compare::counting(&kept, now);
    let required = bench.promised.iter().filter(|test| test.required);
    let lacking = required.clone().filter(|test| !compare::was_executed(test, &counting));
    let lacking = lacking.map(|test| test.id.clone()).collect();
    Ok((required.count(), lacking))
}

/// Everything that each suite of one call shares.
struct Bench<'a> {
    world: &'a World,
    repository: &'a Repository,
    run: &'a Run,
    promised: Vec<&'a PlannedTest>,
    trees: ContentTrees<'a>,
    variables: BTreeMap<OsString, OsString>,
    interrupts: Interrupts,
    began: Instant,
}

impl Bench<'_> {
    /// Runs one suite and keeps its evidence; `None` where a person ended it.
    fn run(&self, suite: &Suite, watch: &mut dyn FnMut(Progress<'_>)) -> Result<Option<SuiteOutcome>, OpsError> {
        let top = self.repository.workdir().ok_or(Refusal::NoWorktree)?.to_owned();
        let tree = self.tree_before()?;
        if self.interrupts.came() {
            return Ok(None);
        }
        let outcome = |evidence, left_behind| {
            Ok(Some(SuiteOutcome {
                suite: suite.clone(),
                evidence,
                left_behind,
            }))
        };
        let started_at = super::utc(
            self.world
                .now
                .saturating_add(self.began.elapsed().as_secs().cast_signed()),
        );
        let report = suite.report.as_deref().map(|report| ReportFiles::before(&top, report));
        let ran = match runner::run(&self.job(suite, &top), &self.interrupts, &mut |event| {
            watch(Progress::Happens(suite, event));
        }) {
            Err(error) => return outcome(Err(error.to_string()), 0),
            Ok(ran) if ran.interrupted => return Ok(None),
            Ok(ran) => ran,
        };
        let tools = tools::versions(&suite.command, &top, &self.variables, &self.interrupts);
        let left_behind = ran.left_behind;
        let mut evidence = self.evidence(suite, tree, started_at, report.as_ref(), (ran, tools))?;
        if self.interrupts.came() {
            return Ok(None);
        }
        kept::keep(
            self.repository,
            self.world,
            &self.run.handle,
            std::slice::from_mut(&mut evidence),
        )?;
        outcome(Ok(evidence), left_behind)
    }

    fn job<'j>(&'j self, suite: &'j Suite, top: &'j Path) -> Job<'j> {
        let program = suite
            .command
            .first()
            .map(|program| program.rsplit('/').next().unwrap_or(program));
        Job {
            argv: &suite.command,
            directory: top,
            variables: &self.variables,
            timeout: suite.timeout.map(Duration::from_secs),
            grace: GRACE,
            // cargo says on standard error which binary's tests come next on standard output.
            joined: suite.report.is_some() || suite.format.as_deref() == Some("libtest") || program == Some("cargo"),
        }
    }

    fn tree_before(&self) -> Result<TestedTree, OpsError> {
        let commit = self.repository.born_head()?;
        let before = self.trees.now()?;
        let committed = commit
            .map(|commit| self.repository.content_tree_of(commit))
            .transpose()?;
        Ok(TestedTree {
            commit,
            before,
            after: None,
            dirty: committed != Some(before),
        })
    }

    fn evidence(
        &self,
        suite: &Suite,
        tree: TestedTree,
        started_at: String,
        report: Option<&ReportFiles<'_>>,
        (ran, tools): (Ran, Vec<(String, String)>),
    ) -> Result<Evidence, OpsError> {
        let after = self.trees.now()?;
        let changed_paths = self.changed(tree.before, after)?;
        let dialect = suite.format.as_deref();
        let results = match report {
            Some(report) => report.read(dialect),
            None => read_output(ran.printed, dialect),
        };
        let evidence = Evidence {
            id: self.id(suite, &started_at),
            suite: Some(suite.id.clone()),
            origin: Origin::Executed(Execution {
                argv: suite.command.clone(),
                ended: ran.ended,
                duration_ms: u64::try_from(ran.duration.as_millis()).unwrap_or(u64::MAX),
                log: ran.log,
                tools,
                changed_paths,
            }),
            tree: TestedTree {
                after: Some(after),
                ..tree
            },
            started_at,
            results,
            left_out: TestCounts::default(),
        };
        Ok(kept::bounded(evidence, &self.promised))
    }

    fn changed(&self, before: ObjectId, after: ObjectId) -> Result<Vec<String>, OpsError> {
        if before == after {
            return Ok(Vec::new());
        }
        let paths = self.trees.differing(before, after)?;
        Ok(paths.iter().take(CHANGED).map(ToString::to_string).collect())
    }

    /// A name that no other evidence of the run has: the suite, the second, and chance.
    fn id(&self, suite: &Suite, started_at: &str) -> String {
        kept::id(&suite.id, started_at, &self.world.new_id())
    }
}

/// The results that a suite prints. Where it names no dialect, any that is recognised is taken; what lacks in its contract
/// is said where none is.
fn read_output(printed: runner::Printed, dialect: Option<&str>) -> Result<TestResults, String> {
    let mut output = printed.into_reader()?;
    results::read(&mut output, dialect).map_err(|error| match dialect {
        Some(_) => format!("its output holds no results: {error}"),
        None => format!(
            "it names no `report`, and its standard output holds no results: {error} (let the command write a JUnit file, \
             and name it as `report`)"
        ),
    })
}
