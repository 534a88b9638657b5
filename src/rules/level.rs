//! The one place where levels and acceptances are applied, and the verdict follows.

use super::{CHECKS, Check, Findings, said};
use crate::model::{
    Acceptance, Comparison, Finding, Judgement, Level, Options, Policy, RiskLevel, Rule, Severity, Verdict,
};
use std::collections::BTreeMap;

/// Runs every rule over the comparison and says what follows.
///
/// No finding is dropped: an accepted one stays, as a note that names who accepted it.
pub fn judge(comparison: &Comparison<'_>, policy: &Policy, acceptances: &[Acceptance]) -> Judgement {
    let mut findings = run(CHECKS.iter(), comparison, policy);
    let unused_acceptances = accept(&mut findings, acceptances);
    said::accept_overridden(&mut findings, comparison.plan);
    said::mark_declared(&mut findings, comparison.plan);
    Judgement {
        verdict: verdict(comparison, &findings),
        findings,
        unused_acceptances,
    }
}

/// What the rules with these `codes` find, as [`judge`] has it among all findings.
pub fn judge_by(
    codes: &[&str],
    comparison: &Comparison<'_>,
    policy: &Policy,
    acceptances: &[Acceptance],
) -> Vec<Finding> {
    let asked = CHECKS.iter().filter(|check| codes.contains(&check.rule.code));
    let mut findings = run(asked, comparison, policy);
    accept(&mut findings, acceptances);
    findings
}

fn run<'a>(
    checks: impl Iterator<Item = &'a &'static Check>,
    comparison: &Comparison<'_>,
    policy: &Policy,
) -> Vec<Finding> {
    let risk = comparison.plan.risk_level();
    let mut findings = Vec::new();
    for check in checks {
        let options = options(&check.rule, policy);
        let levels = Levels::of(&check.rule, policy, risk);
        (check.run)(
            comparison,
            &options,
            &mut Findings::new(&check.rule, levels, &mut findings),
        );
    }
    findings
}

/// What a plan itself says of how much a finding weighs: a contract's clause that MUST hold blocks, one that MAY informs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// It denies.
    Blocks,
    /// It warns, and denies at risk level `critical`.
    Warns,
    /// It is a note.
    Informs,
}

/// The levels of one rule in this run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Levels {
    level: Level,
    is_configured: bool,
    risk: RiskLevel,
}

impl Levels {
    fn of(rule: &Rule, policy: &Policy, risk: RiskLevel) -> Self {
        Self {
            level: level(rule, policy, risk),
            is_configured: configured(rule, policy).is_some(),
            risk,
        }
    }

    /// The level of a finding with this weight. What config.yaml says counts for all of the rule's findings.
    pub(super) fn weigh(self, weight: Option<Weight>) -> Level {
        match weight.filter(|_| !self.is_configured) {
            None => self.level,
            Some(Weight::Blocks) => Level::Deny,
            Some(Weight::Warns) if self.risk == RiskLevel::Critical => Level::Deny,
            Some(Weight::Warns) => Level::Warn,
            Some(Weight::Informs) => Level::Allow,
        }
    }
}

fn configured(rule: &Rule, policy: &Policy) -> Option<Level> {
    let by_name = policy.levels.get(rule.name);
    by_name.or_else(|| policy.levels.get(rule.code)).copied()
}

/// The level of `rule`: what the policy says by code or name, else what the risk level makes of its default.
pub fn level(rule: &Rule, policy: &Policy, risk: RiskLevel) -> Level {
    if let Some(level) = configured(rule, policy) {
        return level;
    }
    match rule.default_level {
        Level::Warn if risk == RiskLevel::Critical => Level::Deny,
        Level::Warn if rule.denies_from.is_some_and(|from| from <= risk) => Level::Deny,
        level => level,
    }
}

fn options(rule: &Rule, policy: &Policy) -> Options {
    let none = BTreeMap::new();
    let configured = policy.options.get(rule.name).or_else(|| policy.options.get(rule.code));
    Options::for_rule(rule, configured.unwrap_or(&none))
}

/// Marks what was accepted, and returns the acceptances that met no finding.
fn accept(findings: &mut [Finding], acceptances: &[Acceptance]) -> Vec<Acceptance> {
    let mut unused = Vec::new();
    for acceptance in acceptances {
        let mut used = false;
        for finding in findings
            .iter_mut()
            .filter(|it| it.fingerprint == acceptance.fingerprint)
        {
            finding.severity = Severity::Note;
            finding.acceptance = Some(acceptance.clone());
            used = true;
        }
        if !used {
            unused.push(acceptance.clone());
        }
    }
    unused
}

fn verdict(comparison: &Comparison<'_>, findings: &[Finding]) -> Verdict {
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Verdict::Drifted;
    }
    let checked = &comparison.checked;
    let looked_at_history = checked.files + checked.commits > 0;
    let looked_at_plan =
        checked.declarations + checked.units + checked.expectations + checked.clauses + checked.tests > 0;
    let nothing = if comparison.history.is_some() {
        !(looked_at_history && looked_at_plan)
    } else {
        checked.sources == 0
    };
    if nothing { Verdict::Unchecked } else { Verdict::Aligned }
}

#[cfg(test)]
mod tests {
    use super::{Levels, Weight, level};
    use crate::model::{Level, Policy, RiskLevel};
    use crate::rules::{CHECKS, find};

    /// The codes of all rules that deny by default at this risk level.
    fn denying(risk: RiskLevel) -> Vec<&'static str> {
        let rules = CHECKS.iter().map(|check| &check.rule);
        let denying = rules.filter(|rule| level(rule, &Policy::default(), risk) == Level::Deny);
        denying.map(|rule| rule.code).collect()
    }

    #[test]
    fn the_higher_the_risk_the_more_denies() {
        let low = ["D001", "D010", "D011", "D013", "D102", "D103"];
        let medium = ["D015", "D110", "D301", "D302", "D305", "D601"];
        let high = [
            "D101", "D104", "D107", "D108", "D201", "D203", "D304", "D306", "D501", "D603",
        ];
        let sorted = |groups: &[&[&'static str]]| {
            let mut all = groups.concat();
            all.sort_unstable();
            all
        };
        assert_eq!(denying(RiskLevel::Low), low);
        assert_eq!(denying(RiskLevel::Medium), sorted(&[&low, &medium]));
        assert_eq!(denying(RiskLevel::High), sorted(&[&low, &medium, &high]));
    }

    #[test]
    fn at_critical_every_warning_denies_and_remarks_stay_notes() {
        let remarks = ["D005", "D012", "D113", "D204", "D206", "D207", "D903", "D904", "D905"];
        for rule in CHECKS.iter().map(|check| &check.rule) {
            let expected = if remarks.contains(&rule.code) {
                Level::Allow
            } else {
                Level::Deny
            };
            assert_eq!(
                level(rule, &Policy::default(), RiskLevel::Critical),
                expected,
                "{}",
                rule.code
            );
        }
    }

    #[test]
    fn a_weight_counts_where_the_policy_is_silent() {
        let rule = find("D501").unwrap();
        let weigh = |policy: &Policy, risk, weight| Levels::of(rule, policy, risk).weigh(weight);
        let silent = Policy::default();
        assert_eq!(weigh(&silent, RiskLevel::Low, Some(Weight::Blocks)), Level::Deny);
        assert_eq!(weigh(&silent, RiskLevel::High, Some(Weight::Warns)), Level::Warn);
        assert_eq!(weigh(&silent, RiskLevel::Critical, Some(Weight::Warns)), Level::Deny);
        assert_eq!(weigh(&silent, RiskLevel::Critical, Some(Weight::Informs)), Level::Allow);
        assert_eq!(weigh(&silent, RiskLevel::High, None), Level::Deny);
        let said = Policy {
            levels: [("D501".to_owned(), Level::Warn)].into(),
            ..Policy::default()
        };
        assert_eq!(weigh(&said, RiskLevel::Low, Some(Weight::Blocks)), Level::Warn);
        assert_eq!(weigh(&said, RiskLevel::Low, Some(Weight::Informs)), Level::Warn);
    }

    #[test]
    fn a_policy_names_a_rule_by_name_or_code_and_wins_over_the_risk() {
        let rule = find("D101").unwrap();
        let policy = |key: &str, level| Policy {
            levels: [(key.to_owned(), level)].into(),
            ..Policy::default()
        };
        assert_eq!(
            level(rule, &policy("undeclared-file", Level::Allow), RiskLevel::Critical),
            Level::Allow
        );
        assert_eq!(level(rule, &policy("D101", Level::Deny), RiskLevel::Low), Level::Deny);
        assert_eq!(level(rule, &policy("D102", Level::Deny), RiskLevel::Low), Level::Warn);
    }
}
