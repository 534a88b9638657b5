//! The model's smaller words in their frozen spelling.

use super::run_report as wire;
use crate::model::{self, ApprovalState, LineCount, StandingKind};

pub(super) fn verdict(verdict: model::Verdict) -> wire::Verdict {
    match verdict {
        model::Verdict::Aligned => wire::Verdict::Aligned,
        model::Verdict::Drifted => wire::Verdict::Drifted,
        model::Verdict::Unchecked => wire::Verdict::Unchecked,
    }
}

pub(super) fn severity(severity: model::Severity) -> wire::Severity {
    match severity {
        model::Severity::Note => wire::Severity::Note,
        model::Severity::Warning => wire::Severity::Warning,
        model::Severity::Error => wire::Severity::Error,
    }
}

impl From<model::Severity> for wire::Severity {
    fn from(weight: model::Severity) -> Self {
        severity(weight)
    }
}

pub(super) fn approval(standing: Option<&StandingKind>) -> wire::Approval {
    let by = |state: &str, approval: Option<&model::Approval>| wire::Approval {
        state: state.into(),
        approved_by: approval.map(|it| it.approved_by.clone()),
        approved_at: approval.map(|it| it.approved_at.clone()),
    };
    match standing {
        None | Some(StandingKind::Unjudged) => by("unjudged", None),
        Some(StandingKind::Unapproved) => by("unapproved", None),
        Some(StandingKind::Changed { approval, .. }) => by("changed", Some(approval)),
        Some(StandingKind::Approved { approval, state }) => match state {
            ApprovalState::Unsigned => by("unsigned", Some(approval)),
            ApprovalState::Signed => by("signed", Some(approval)),
            ApprovalState::BadSignature(_) => by("bad-signature", Some(approval)),
        },
    }
}

pub(super) fn acceptance(acceptance: &model::Acceptance) -> wire::Acceptance {
    wire::Acceptance {
        because: acceptance.because.clone(),
        accepted_by: acceptance.accepted_by.clone(),
        accepted_at: acceptance.accepted_at.clone(),
    }
}

/// Insertions, deletions, and whether one side is binary.
pub(super) fn lines(count: LineCount) -> (Option<u32>, Option<u32>, bool) {
    match count {
        LineCount::NotCounted => (None, None, false),
        LineCount::Binary => (None, None, true),
        LineCount::Lines { insertions, deletions } => (Some(insertions), Some(deletions), false),
    }
}

/// An expectation's kind and what it says, in words.
pub(super) fn expectation(kind: &model::ExpectationKind) -> (&'static str, String) {
    use model::ExpectationKind as Kind;
    match kind {
        Kind::Exists(path) => ("exists", path.to_text()),
        Kind::Contains { path, alternatives } => (
            "contains",
            format!("{} contains {}", path.to_text(), alternatives.join(" or ")),
        ),
        Kind::Exports { path, names } => ("exports", format!("{} exports {}", path.to_text(), names.join(", "))),
        Kind::MinLines { path, lines } => ("min-lines", format!("{} has at least {lines} lines", path.to_text())),
        Kind::Link { from, to, .. } => ("link", format!("{} refers to {}", from.to_text(), to.to_text())),
        Kind::Criterion { text, .. } => ("criterion", text.clone()),
        Kind::ChangelogEntry { path } => {
            let path = path
                .as_ref()
                .map_or("the changelog".to_owned(), model::PathPattern::to_text);
            ("changelog-entry", format!("{path} says what changed"))
        }
        Kind::Tag { name } => ("tag", format!("the tag {name} marks the work")),
        Kind::Absent { shown, roots, .. } => {
            let roots: Vec<String> = roots.iter().map(model::PathPattern::to_text).collect();
            let place = if roots.is_empty() {
                "any file".to_owned()
            } else {
                roots.join(", ")
            };
            ("absent", format!("`{shown}` stands nowhere in {place}"))
        }
        Kind::Prose(text) => ("prose", text.clone()),
    }
}

/// A claim's kind and what it says, in words.
pub(super) fn claim(kind: &model::ClaimKind) -> (&'static str, String) {
    use model::ClaimKind as Kind;
    let files = |paths: &[model::PathPattern]| {
        paths
            .iter()
            .map(model::PathPattern::to_text)
            .collect::<Vec<_>>()
            .join(", ")
    };
    match kind {
        Kind::Files { paths, .. } => ("files", format!("changed {}", files(paths))),
        Kind::Commit { id, unit: Some(unit) } => ("commit", format!("commit {id} for task {unit}")),
        Kind::Commit { id, unit: None } => ("commit", format!("commit {id}")),
        Kind::Head { id, end } => match end {
            model::RangeEnd::Before => ("head", format!("the work began at {id}")),
            model::RangeEnd::After => ("head", format!("the work ended at {id}")),
        },
        Kind::NoDeviations => ("no-deviations", "no deviations".to_owned()),
        Kind::Deviation { title, .. } => ("deviation", title.clone()),
        Kind::SelfCheck { .. } => ("self-check", "the self-check passed".to_owned()),
        Kind::Verified => ("verified", "the plan's goals are reached".to_owned()),
        Kind::Done { unit, state, .. } => ("done", format!("unit {unit} is {state}")),
    }
}

pub(super) fn outcome(outcome: &model::Outcome) -> (&'static str, Vec<String>) {
    match outcome {
        model::Outcome::Met => ("met", Vec::new()),
        model::Outcome::MissingFile { path, .. } => ("unmet", vec![format!("`{path}` does not exist")]),
        model::Outcome::Unmet(reasons) => ("unmet", reasons.clone()),
        model::Outcome::Unchecked(reason) => ("unchecked", vec![reason.clone()]),
    }
}

/// The word for a commit's role.
pub(super) fn role(role: model::CommitRole) -> &'static str {
    match role {
        model::CommitRole::Paired => "paired",
        model::CommitRole::Unplanned => "unplanned",
        model::CommitRole::Bookkeeping => "bookkeeping",
        model::CommitRole::Merge => "merge",
        model::CommitRole::Unjudged => "unjudged",
    }
}
