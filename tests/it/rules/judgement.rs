//! What holds for every rule: levels, acceptances, the verdict, and the names of findings.

use crate::support::history::history;
use crate::support::judge::{bare, beside, judge, of_unit, touched, untouched};
use crate::support::plan::plan;
use drift::model::{
    Acceptance, Checked, CommitRole, Comparison, FileClass, Fingerprint, Level, ObjectId, Policy, RiskLevel, Severity,
    UnitStatus, Verdict,
};
use drift::rules;
use std::collections::BTreeSet;

/// A run with one undeclared file, one untouched one, one missing unit and one unplanned commit.
fn drifting() -> Comparison<'static> {
    let plan = plan()
        .unit("U1", "Add login", &["src/login.rs"])
        .unit("U2", "Describe login", &["docs/login.md"])
        .build();
    let history = history(&[]).commit("Speed up the build", "A build.rs");
    let mut comparison = beside(plan, history.build());
    comparison.files = vec![touched(&comparison, "build.rs", FileClass::Undeclared)];
    comparison.untouched = vec![untouched(of_unit(1, 0))];
    comparison.units[0].status = UnitStatus::Missing;
    comparison.commits[0].role = CommitRole::Unplanned;
    comparison
}

fn at_risk(mut comparison: Comparison<'static>, risk: RiskLevel) -> Comparison<'static> {
    let mut plan = comparison.plan.clone();
    plan.lanes[0].risk_level = Some(risk);
    comparison.plan = Box::leak(Box::new(plan));
    comparison
}

fn acceptance(fingerprint: &str) -> Acceptance {
    Acceptance {
        fingerprint: Fingerprint(fingerprint.into()),
        because: "it is meant".into(),
        accepted_by: "Ann <ann@example.com>".into(),
        accepted_at: "2026-01-02T03:04:05Z".into(),
    }
}

fn names(comparison: &Comparison<'_>) -> Vec<String> {
    let findings = judge(comparison).findings;
    findings.into_iter().map(|it| it.fingerprint.0).collect()
}

#[test]
fn findings_come_in_the_order_of_their_codes() {
    let codes: Vec<_> = judge(&drifting()).findings.iter().map(|it| it.rule.code).collect();
    assert_eq!(codes, ["D101", "D105", "D201", "D202"]);
}

#[test]
fn a_few_rules_find_what_they_find_among_all() {
    let comparison = at_risk(drifting(), RiskLevel::High);
    let accepted = [acceptance(&names(&comparison)[0])];
    let policy = Policy::default();
    let mut all = rules::judge(&comparison, &policy, &accepted).findings;
    all.retain(|it| ["D101", "D202"].contains(&it.rule.code));
    let asked = rules::judge_by(&["D202", "D101"], &comparison, &policy, &accepted);
    assert_eq!(format!("{asked:?}"), format!("{all:?}"));
    assert_eq!(all.len(), 2);
}

#[test]
fn warnings_leave_the_verdict_aligned_and_a_denial_turns_it() {
    let verdict = |risk| judge(&at_risk(drifting(), risk)).verdict;
    assert_eq!(verdict(RiskLevel::Low), Verdict::Aligned);
    assert_eq!(verdict(RiskLevel::Medium), Verdict::Aligned);
    assert_eq!(verdict(RiskLevel::High), Verdict::Drifted);
    assert_eq!(verdict(RiskLevel::Critical), Verdict::Drifted);
}

#[test]
fn an_allowed_rule_still_says_what_it_finds_as_notes() {
    let policy = Policy {
        levels: [
            ("undeclared-file".to_owned(), Level::Allow),
            ("D201".to_owned(), Level::Allow),
        ]
        .into(),
        ..Policy::default()
    };
    let judgement = rules::judge(&at_risk(drifting(), RiskLevel::High), &policy, &[]);
    assert_eq!(judgement.findings.len(), 4);
    assert_eq!(judgement.findings[0].severity, Severity::Note);
    assert_eq!(judgement.verdict, Verdict::Aligned);
}

#[test]
fn an_acceptance_marks_its_finding_and_nothing_else() {
    let comparison = at_risk(drifting(), RiskLevel::High);
    let [undeclared, missing] = [0, 2].map(|index| names(&comparison)[index].clone());
    let one = [acceptance(&undeclared)];
    let judgement = rules::judge(&comparison, &Policy::default(), &one);
    assert_eq!(judgement.findings[0].acceptance, Some(one[0].clone()));
    assert_eq!(judgement.findings[0].level, Level::Deny);
    assert_eq!(judgement.findings[0].severity, Severity::Note);
    assert_eq!(judgement.findings[2].severity, Severity::Error);
    assert_eq!(judgement.verdict, Verdict::Drifted);
    let both = [acceptance(&undeclared), acceptance(&missing)];
    let judgement = rules::judge(&comparison, &Policy::default(), &both);
    assert_eq!(judgement.verdict, Verdict::Aligned);
}

#[test]
fn an_acceptance_that_meets_nothing_is_handed_back() {
    let unused = acceptance("D101-000000000000");
    let judgement = rules::judge(&drifting(), &Policy::default(), std::slice::from_ref(&unused));
    assert_eq!(judgement.unused_acceptances, [unused]);
    assert!(judgement.findings.iter().all(|it| it.acceptance.is_none()));
}

#[test]
fn nothing_looked_at_is_unchecked_and_never_aligned() {
    let mut comparison = beside(plan().build(), history(&[]).build());
    comparison.checked = Checked::default();
    assert_eq!(judge(&comparison).verdict, Verdict::Unchecked);
    comparison.checked.declarations = 1;
    assert_eq!(judge(&comparison).verdict, Verdict::Unchecked);
    comparison.checked.commits = 1;
    assert_eq!(judge(&comparison).verdict, Verdict::Aligned);
    let mut plan_only = bare(plan().build());
    assert_eq!(judge(&plan_only).verdict, Verdict::Aligned);
    plan_only.checked.sources = 0;
    assert_eq!(judge(&plan_only).verdict, Verdict::Unchecked);
}

#[test]
fn a_rebase_changes_no_name() {
    let before = drifting();
    let mut rebased = before.history.unwrap().clone();
    for commit in &mut rebased.commits {
        commit.id = ObjectId::from_hex(&"ab".repeat(20)).unwrap();
        commit.author.time += 1000;
    }
    let mut after = before.clone();
    after.history = Some(&rebased);
    assert_eq!(names(&before), names(&after));
}

#[test]
fn an_edit_elsewhere_in_the_plan_changes_no_name() {
    let before = drifting();
    let mut plan = before.plan.clone();
    plan.units[0].location.span = Some((900, 950));
    plan.units[0].files[0].location.span = Some((960, 970));
    plan.sources[0].name = "moved/plan.json".into();
    let mut after = before.clone();
    after.plan = &plan;
    assert_eq!(names(&before), names(&after));
}

#[test]
fn ten_thousand_findings_have_ten_thousand_names() {
    let mut history = history(&[]);
    for number in 0..100 {
        let changes: Vec<String> = (0..100).map(|it| format!("A src/{number}/{it}.rs")).collect();
        history = history.commit("wip", &changes.join(", "));
    }
    let mut comparison = beside(plan().unit("U1", "Add login", &[]).build(), history.build());
    let changes = comparison.history.unwrap().changes.iter().enumerate();
    let mut file = touched(&comparison, "src/0/0.rs", FileClass::Undeclared);
    comparison.files = changes
        .map(|(change, _)| {
            file.change = change;
            file.clone()
        })
        .collect();
    comparison
        .commits
        .iter_mut()
        .for_each(|it| it.role = CommitRole::Unplanned);
    let all: BTreeSet<String> = names(&comparison).into_iter().collect();
    assert_eq!(all.len(), 10_100);
}

#[test]
fn help_names_the_fingerprint_that_it_settles() {
    for finding in judge(&drifting()).findings {
        assert!(finding.help.contains(&finding.fingerprint.0), "{}", finding.help);
        assert!(!finding.help.contains("{fingerprint}"));
    }
}
