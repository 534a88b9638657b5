//! Texts that stand beside a plan and are none: summaries and verifications, read for what they claim.

use super::gsd::{summary, verification};
use super::problems::Problems;
use super::{Input, Text};
use crate::model::{Plan, PlanLocation, Problem, ProblemKind};

/// A kind of text that belongs to a plan.
pub(super) struct Account {
    /// The word for it in reports: `Source::format`.
    pub name: &'static str,
    /// What it is, in a few words.
    pub what: &'static str,
    /// Whether the text is one, told by shape and content.
    pub detects: fn(&Text) -> bool,
    /// Reads what it claims, and the name of the plan that it is about; `None`: of every plan it is given with.
    pub read: fn(&Text) -> (Plan, Option<String>),
}

/// Every kind.
static ACCOUNTS: &[&Account] = &[&summary::ACCOUNT, &verification::ACCOUNT];

/// The kind of account that a text is, if it is one.
pub(super) fn recognise(text: &Text) -> Option<&'static Account> {
    ACCOUNTS.iter().copied().find(|it| (it.detects)(text))
}

/// Whether texts of this format stand beside a plan and are none, so that nobody approves them.
pub fn is_account(format: &str) -> bool {
    ACCOUNTS.iter().any(|it| it.name == format)
}

/// Adds to `plan` what accounts claim of its lanes; texts that are none, or that are about another plan, are left out.
pub fn with_accounts(mut plan: Plan, inputs: Vec<Input>) -> Plan {
    for text in inputs.into_iter().map(Text::new) {
        if let Some(account) = recognise(&text) {
            attach(&mut plan, account, &text);
        }
    }
    plan
}

/// The account as a part of a plan that was given together with it: without a plan that it is about it is a problem.
pub(super) fn read(plan: &mut Plan, account: &Account, text: &Text) {
    if !attach(plan, account, text) {
        plan.append(Plan {
            sources: vec![text.source(account.name, false)],
            problems: no_plan(account),
            ..Plan::default()
        });
    }
}

/// Appends a account's source and claims, where a lane of the plan is what they are about.
fn attach(plan: &mut Plan, account: &Account, text: &Text) -> bool {
    let (mut own, name) = (account.read)(text);
    let lane = name.map(|name| lane_of(plan, &name, text));
    if plan.lanes.is_empty() || lane == Some(None) {
        return false;
    }
    let source = plan.sources.len();
    let mut claims = std::mem::take(&mut own.claims);
    for claim in &mut claims {
        claim.lane = lane.flatten();
        claim.location.source = source;
    }
    own.sources = vec![text.source(account.name, false)];
    plan.append(own);
    plan.claims.extend(claims);
    true
}

/// The lane of this name, else the one whose plan lies where the account's own place says.
fn lane_of(plan: &Plan, name: &str, text: &Text) -> Option<usize> {
    let lies_beside = |lane: &crate::model::Lane| {
        let source = plan.sources.get(lane.location.source);
        source.is_some_and(|it| it.name.ends_with("PLAN.md") && it.name == text.name.replace("SUMMARY.md", "PLAN.md"))
    };
    let named = plan.lanes.iter().position(|lane| lane.name == name);
    named.or_else(|| plan.lanes.iter().position(lies_beside))
}

fn no_plan(account: &Account) -> Vec<Problem> {
    let mut problems = Problems::new(0);
    problems.add(
        ProblemKind::Unreadable,
        format!(
            "this is {}, and none of the plans that were given is what it is about",
            account.what
        ),
        "name its plan with `--plan`; what lies beside a plan is found by itself",
        PlanLocation::whole(0),
    );
    problems.into_vec()
}
