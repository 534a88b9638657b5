//! `drift validate`: reads a plan, and judges it by itself and against the tree that it would start from; as strictly as
//! `approve`, which takes no plan with a part that could not be read, whatever the levels are.

use super::judge::{Judged, Subject};
use super::{OpsError, World, faults, policy, siblings, standing};
use crate::compare::{self, Inputs};
use crate::formats;
use crate::git::Repository;
use crate::model::{Level, Plan, PlanLocation, Policy, Problem, ProblemKind, Report, Source, Stamp, TreeListing};
use crate::report::wire::v1::RunReport;
use crate::rules;
use crate::store;

/// Everything that is wrong with the plan, at once.
pub fn validate(world: &World, plans: &[String], run: Option<&str>) -> Result<Judged, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let mut subject = Subject::select(plans, run, &repository, world)?;
    say_what_is_unfilled(&mut subject.plan);
    let plan = &subject.plan;
    let tree = starting_tree(&repository, &subject)?;
    let text = match repository.workdir() {
        Some(top) => store::read_if_there(&top.join(policy::CONFIG_PATH))?,
        None => None,
    };
    let policy_source = text.as_deref().map(faults::source);
    let mut config = policy::parse(&text.unwrap_or_default());
    deny_problems(&mut config.policy);
    // Approval is a matter of `start`: a plan that is being written has none yet.
    let standings = standing::of(plan, None);
    let siblings = siblings::of(&repository, subject.run.as_ref())?;
    let comparison = compare::compare(Inputs {
        siblings: &siblings,
        standings,
        tree: tree.as_ref(),
        faults: faults::of_config(&config),
        ..Inputs::new(plan, &config.policy)
    });
    let judgement = rules::judge(&comparison, &config.policy, &[]);
    let report = RunReport::of(&Report {
        version: env!("CARGO_PKG_VERSION"),
        run: None,
        comparison: &comparison,
        judgement: &judgement,
        stamp: Stamp::default(),
    });
    Ok(Judged {
        report,
        sources: plan.sources.iter().cloned().chain(policy_source).collect(),
        warnings: Vec::new(),
        verdict: judgement.verdict,
    })
}

/// The rules that speak of what could not be read.
const OF_PROBLEMS: [&str; 4] = ["D001", "D002", "D003", "D004"];

/// A problem that `check` only warns of keeps a plan from being approved.
fn deny_problems(policy: &mut Policy) {
    for rule in OF_PROBLEMS.into_iter().filter_map(rules::find) {
        policy.levels.remove(rule.code);
        policy.levels.insert(rule.name.to_owned(), Level::Deny);
    }
}

/// Adds a problem for each artifact that still says what its template says.
fn say_what_is_unfilled(plan: &mut Plan) {
    let native = plan
        .sources
        .iter()
        .enumerate()
        .filter(|(_, it)| formats::SCHEMA_NAMES.contains(&it.format));
    let problem = |(index, source): (usize, &Source)| {
        let placeholder = formats::unfilled(&source.text)?;
        let at = source.text.find(placeholder)?;
        Some(Problem {
            kind: ProblemKind::InvalidValue,
            message: format!("\"{placeholder}\" is what the template says"),
            help: Some("fill it in, or delete the artifact if the run needs none of it".into()),
            location: PlanLocation::new(index, "", at..at + placeholder.len()).into(),
        })
    };
    let unfilled: Vec<Problem> = native.filter_map(problem).collect();
    plan.problems.extend(unfilled);
}

/// The tree that the work starts from: the run's base, or HEAD; none in a repository without a commit. All of it, so
/// that the nearest path to a wrong one is found.
fn starting_tree(repository: &Repository, subject: &Subject) -> Result<Option<TreeListing>, OpsError> {
    let started = subject.run.as_ref().and_then(|run| run.file.base.clone());
    let commit = match started {
        Some(base) => Some(repository.resolve_commit(&base)?),
        None => repository.born_head()?,
    };
    commit
        .map(|commit| repository.tree_listing(commit, None))
        .transpose()
        .map_err(OpsError::from)
}
