//! Judging by hand: comparisons made in a line or two, and findings as a user reads them.

use drift::model::{
    Acceptance, Approval, ApprovalState, Checked, CommitDelta, CommitRole, Comparison, Declared, FileClass, FileDelta,
    Finding, History, Judgement, Location, ObjectId, Plan, Policy, RepoPath, Severity, Standing, StandingKind,
    TestCodeDelta, TestComparison, UnitDelta, UnitStatus, Untouched, Verdict,
};
use drift::rules;
use std::fmt::Write;

/// A comparison of the plan alone, in which nothing differs. It borrows for good, so that a test can hold it.
pub fn bare(plan: Plan) -> Comparison<'static> {
    let plan: &'static Plan = Box::leak(Box::new(plan));
    let unit = UnitDelta {
        status: UnitStatus::Done,
        commits: Vec::new(),
        confidence: 1.0,
        reasons: Vec::new(),
        rivals: Vec::new(),
        out_of_order: Vec::new(),
        reverted: false,
        mismatches: Vec::new(),
    };
    Comparison {
        plan,
        history: None,
        files: Vec::new(),
        untouched: Vec::new(),
        actions: Vec::new(),
        units: vec![unit; plan.units.len()],
        commits: Vec::new(),
        expectations: Vec::new(),
        claims: Vec::new(),
        limits: Vec::new(),
        stale: Vec::new(),
        overlaps: Vec::new(),
        standings: Vec::new(),
        begun: true,
        authors: Vec::new(),
        widened: Vec::new(),
        orphaned_notes: Vec::new(),
        tests: TestComparison::default(),
        witnesses: Vec::new(),
        unwitnessed: Vec::new(),
        test_files: None,
        contracts: Vec::new(),
        test_code: TestCodeDelta::default(),
        faults: Vec::new(),
        checked: Checked {
            sources: plan.sources.len(),
            declarations: 1,
            ..Checked::default()
        },
    }
}

/// A comparison of the plan with the history, in which nothing differs: no file is listed, and no commit has a unit.
pub fn beside(plan: Plan, mut history: History) -> Comparison<'static> {
    for (number, commit) in (1_u32..).zip(&mut history.commits) {
        commit.id = telling_id(number);
    }
    let history: &'static History = Box::leak(Box::new(history));
    let commit = CommitDelta {
        role: CommitRole::Paired,
        units: Vec::new(),
        foreign: Vec::new(),
        fixup_of: None,
        reverts: None,
        unknown_trailers: Vec::new(),
        other_plan: None,
        contradiction: None,
    };
    let mut comparison = bare(plan);
    comparison.history = Some(history);
    comparison.commits = vec![commit; history.commits.len()];
    comparison.checked.files = history.changes.len();
    comparison.checked.commits = history.commits.len();
    comparison
}

/// An id that differs from others in its first digits, as real ones do.
fn telling_id(number: u32) -> ObjectId {
    ObjectId::from_hex(&format!("{:08x}{number:032x}", number.wrapping_mul(0x9e37_79b1))).unwrap()
}

/// The touched file at `path`, with the commits that touched it.
pub fn touched(comparison: &Comparison<'_>, path: &str, class: FileClass) -> FileDelta {
    let history = comparison.history.unwrap();
    let path = RepoPath::from(path);
    let touches = |index: &usize| history.commits[*index].changes.iter().any(|change| change.path == path);
    FileDelta {
        change: history.changes.iter().position(|change| change.path == path).unwrap(),
        class,
        declared_by: Vec::new(),
        units: Vec::new(),
        commits: (0..history.commits.len()).filter(touches).collect(),
        rename: None,
        unplanned_delete: false,
        resurrected: false,
        special: None,
        forbidden_by: None,
    }
}

/// The declaration number `index` of a unit, in the only lane.
pub fn of_unit(unit: usize, index: usize) -> Declared {
    Declared {
        lane: 0,
        unit: Some(unit),
        index,
    }
}

/// A declaration that nothing met.
pub fn untouched(declared: Declared) -> Untouched {
    Untouched {
        declared,
        misplaced_to: None,
        exists: true,
    }
}

/// An approval by Ann of the text with the hash `aaaa`.
pub fn approval() -> Approval {
    Approval {
        artifact: "plan.json".into(),
        hash: "aaaa".into(),
        approved_by: "Ann <ann@example.com>".into(),
        approved_at: "2026-01-02T03:04:05Z".into(),
        checklist: Vec::new(),
        note: None,
    }
}

/// The source stands approved by Ann.
pub fn approved(source: usize, state: ApprovalState) -> Standing {
    let approval = approval();
    Standing {
        source,
        kind: StandingKind::Approved { approval, state },
    }
}

/// The judgement under the default policy, with nothing accepted.
pub fn judge(comparison: &Comparison<'_>) -> Judgement {
    rules::judge(comparison, &Policy::default(), &[])
}

/// The findings of one rule.
pub fn found(comparison: &Comparison<'_>, code: &str) -> Vec<Finding> {
    let all = judge(comparison).findings.into_iter();
    all.filter(|finding| finding.rule.code == code).collect()
}

/// The findings of one rule as a user reads them; empty where it is silent.
pub fn check(comparison: &Comparison<'_>, code: &str) -> String {
    let mut text = String::new();
    for finding in found(comparison, code) {
        text.push_str(&headline(&finding));
        writeln!(text, "  at: {}", place(comparison, &finding.location)).unwrap();
        for (location, words) in &finding.related {
            writeln!(text, "  see: {}: {words}", place(comparison, location)).unwrap();
        }
    }
    text
}

/// As [`check`]; and the rule's explanation shows these very findings as its example.
pub fn check_example(comparison: &Comparison<'_>, code: &str) -> String {
    let shown: String = found(comparison, code).iter().map(headline).collect();
    assert!(!shown.is_empty(), "{code} is silent about its own example");
    let rule = rules::find(code).unwrap();
    assert!(
        rule.explanation.contains(&shown),
        "the example of {code} should show:\n<<<{shown}>>>"
    );
    check(comparison, code)
}

/// Accepted findings of this rule stay, as notes that name who accepted them, and no longer turn the verdict.
pub fn assert_acceptable(comparison: &Comparison<'_>, code: &str) {
    let before = judge(comparison).findings;
    let accept = |finding: &Finding| Acceptance {
        fingerprint: finding.fingerprint.clone(),
        because: "it is meant".into(),
        accepted_by: "Ann <ann@example.com>".into(),
        accepted_at: "2026-01-02T03:04:05Z".into(),
    };
    let acceptances: Vec<_> = before.iter().map(accept).collect();
    let after = rules::judge(comparison, &Policy::default(), &acceptances);
    assert_eq!(after.findings.len(), before.len(), "an accepted finding was dropped");
    let mut own = after.findings.iter().filter(|it| it.rule.code == code).peekable();
    assert!(own.peek().is_some(), "{code} is silent");
    assert!(own.all(|it| it.severity == Severity::Note && it.acceptance.is_some()));
    assert_ne!(after.verdict, Verdict::Drifted);
    assert!(after.unused_acceptances.is_empty());
}

/// The rule finds two things and gives each its own name.
pub fn assert_two_names(comparison: &Comparison<'_>, code: &str) {
    let names: Vec<_> = found(comparison, code).into_iter().map(|it| it.fingerprint).collect();
    assert!(matches!(names.as_slice(), [a, b] if a != b), "{names:?}");
}

/// The rule finds nothing.
pub fn assert_silent(comparison: &Comparison<'_>, code: &str) {
    assert_eq!(check(comparison, code), "");
}

fn headline(finding: &Finding) -> String {
    let mut text = format!(
        "{}[{}]: {}\n",
        finding.severity.name(),
        finding.rule.code,
        finding.message
    );
    if !finding.help.is_empty() {
        writeln!(text, "  help: {}", finding.help).unwrap();
    }
    text
}

fn place(comparison: &Comparison<'_>, location: &Location) -> String {
    match location {
        Location::Plan(place) => format!("{}{}", comparison.plan.sources[place.source].name, place.pointer),
        Location::Commit(id) => format!("commit {}", id.short(7)),
        Location::Path(path) => path.to_string(),
        Location::Lines(path, lines) => format!("{path}:{}", lines.first),
        Location::File(place) => format!("{}:{}:{}", place.file, place.line, place.column),
        Location::Range => "the range".into(),
    }
}
