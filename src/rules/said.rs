//! What summaries and verifications say of findings: a deviation that is declared there, or accepted there.

use crate::model::{Acceptance, ClaimKind, Finding, Location, PathPattern, Plan, RepoPath, Severity};

/// Marks findings on files whose deviation a summary declares: the reader sees who said so, and where.
pub(super) fn mark_declared(findings: &mut [Finding], plan: &Plan) {
    for claim in &plan.claims {
        let ClaimKind::Deviation { title, paths } = &claim.kind else {
            continue;
        };
        let words = format!("declared as a deviation: {title}");
        for finding in findings.iter_mut().filter(|it| it.rule.code.starts_with("D1")) {
            let is_named = |path: &String| paths.iter().any(|it| names(it, path));
            if finding.subject.path.as_ref().is_some_and(is_named) {
                finding
                    .related
                    .push((Location::Plan(claim.location.clone()), words.clone()));
            }
        }
    }
}

fn names(pattern: &PathPattern, path: &str) -> bool {
    pattern.matches(RepoPath::from(path).as_bytes())
}

/// Accepts findings on expectations that a verification overrides, with its own words, unless a person did already.
pub(super) fn accept_overridden(findings: &mut [Finding], plan: &Plan) {
    for it in &plan.overrides {
        let covered = plan.expectations.iter().filter(|expectation| it.covers(expectation));
        for expectation in covered {
            let place = Location::Plan(expectation.location.clone());
            let own = findings
                .iter_mut()
                .filter(|finding| finding.rule.code.starts_with("D6"));
            for finding in own.filter(|finding| finding.location == place && finding.acceptance.is_none()) {
                finding.severity = Severity::Note;
                finding.acceptance = Some(Acceptance {
                    fingerprint: finding.fingerprint.clone(),
                    because: it.because.clone(),
                    accepted_by: it.accepted_by.clone(),
                    accepted_at: it.accepted_at.clone(),
                });
            }
        }
    }
}
