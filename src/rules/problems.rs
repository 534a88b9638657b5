//! What the plan's readers could not understand, as findings: shared by the rules on the plan's text.

use super::wording::{field_name, source_name};
use super::{Findings, Found};
use crate::model::{Comparison, Location, Plan, Problem, ProblemKind};

/// Adds a finding for each problem of this kind; place and help are the reader's.
pub(super) fn report(comparison: &Comparison<'_>, kind: ProblemKind, findings: &mut Findings<'_>) {
    let plan = comparison.plan;
    for problem in plan.problems.iter().filter(|problem| problem.kind == kind) {
        findings.add(found(plan, problem));
    }
}

fn found(plan: &Plan, problem: &Problem) -> Found {
    let help = problem.help.clone().unwrap_or_default();
    match &problem.location {
        Location::Plan(place) => {
            let message = format!("`{}`: {}", source_name(plan, place.source), problem.message);
            Found::new(place, message).detail(field_name(plan, place, &problem.message))
        }
        elsewhere => Found::new(elsewhere.clone(), &*problem.message).detail(&*problem.message),
    }
    .help(help)
}
