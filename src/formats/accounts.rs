//! Texts that stand beside a plan and are none: summaries and verifications, read for what they claim.

use super::gsd::{summary, verification};
use super::problems::Problems;
use super::spec_kitty::{FORMAT, events};
use super::{Input, Text};
use crate::model::{Claim, ClaimKind, Plan, PlanLocation, Problem, ProblemKind, RepoPath, Source};

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
static ACCOUNTS: &[&Account] = &[&summary::ACCOUNT, &verification::ACCOUNT, &events::ACCOUNT];

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
    let had_some = !claims.is_empty();
    claims.retain(|claim| is_of_units(plan, lane.flatten(), claim));
    if had_some && claims.is_empty() {
        return true;
    }
    for claim in &mut claims {
        claim.lane = lane.flatten();
        claim.location.source = source;
    }
    own.sources = vec![text.source(account.name, false)];
    plan.append(own);
    plan.claims.extend(claims);
    true
}

/// Whether the claim is about a unit that the plan has: of a mission only some packages may have been named.
fn is_of_units(plan: &Plan, lane: Option<usize>, claim: &Claim) -> bool {
    let ClaimKind::Done { unit, .. } = &claim.kind else {
        return true;
    };
    let mut units = plan.units.iter();
    units.any(|it| it.id == *unit && lane.is_none_or(|lane| it.lane == lane))
}

/// The lane of this name, else the one whose plan lies where the account's own place says.
fn lane_of(plan: &Plan, name: &str, text: &Text) -> Option<usize> {
    let lies_beside = |lane: &crate::model::Lane| {
        let source = plan.sources.get(lane.location.source);
        source.is_some_and(|it| {
            let is_summary_of = it.name.ends_with("PLAN.md") && it.name == text.name.replace("SUMMARY.md", "PLAN.md");
            is_summary_of || (it.format == FORMAT.name && lies_below(it, text))
        })
    };
    let named = plan.lanes.iter().position(|lane| lane.name == name);
    named.or_else(|| plan.lanes.iter().position(lies_beside))
}

/// Whether the source lies in the folder of the text, or below it.
fn lies_below(source: &Source, text: &Text) -> bool {
    let place = |name: &str, path: &Option<RepoPath>| {
        let path = path.as_ref().and_then(RepoPath::as_str);
        path.map_or_else(|| name.to_owned(), str::to_owned)
    };
    let own = place(&text.name, &text.repo_path);
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    let rest = place(&source.name, &source.repo_path);
    !folder.is_empty() && rest.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
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
