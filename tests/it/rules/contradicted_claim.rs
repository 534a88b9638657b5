use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example, found};
use crate::support::plan::plan;
use drift::model::{Claim, ClaimKind, ClaimOutcome, ClaimStatus, Comparison, PlanLocation};
use snapbox::{assert_data_eq, str};

fn claimed(kinds: Vec<ClaimKind>, status: ClaimStatus) -> Comparison<'static> {
    let mut plan = plan().build();
    plan.sources[0].name = ".planning/phases/04/04-01-SUMMARY.md".into();
    let claim = |kind| Claim {
        lane: Some(0),
        kind,
        location: PlanLocation::default(),
    };
    plan.claims = kinds.into_iter().map(claim).collect();
    let count = plan.claims.len();
    let mut comparison = bare(plan);
    comparison.begun = false;
    let outcome = |claim| ClaimOutcome {
        claim,
        status: status.clone(),
    };
    comparison.claims = (0..count).map(outcome).collect();
    comparison
}

fn commit(id: &str, unit: &str) -> ClaimKind {
    ClaimKind::Commit {
        id: id.into(),
        unit: Some(unit.into()),
    }
}

fn no(text: &str) -> ClaimStatus {
    ClaimStatus::Contradicted(vec![text.into()])
}

#[test]
fn a_claim_that_git_contradicts_is_found() {
    let difference = no("1 file that it does not declare was touched: `src/session.rs`");
    assert_data_eq!(
        check_example(&claimed(vec![ClaimKind::NoDeviations], difference), "D607"),
        str![[r#"
warning[D607]: `04-01-SUMMARY.md` claims no deviations: 1 file that it does not declare was touched: `src/session.rs`
  help: correct the summary; a deviation that is said openly is no worse than a hidden one
  at: .planning/phases/04/04-01-SUMMARY.md

"#]]
    );
}

#[test]
fn a_rewritten_id_is_the_same_finding() {
    let name = |id| {
        found(&claimed(vec![commit(id, "2")], no("x")), "D607")[0]
            .fingerprint
            .clone()
    };
    assert_eq!(name("abc1234"), name("def5678"));
}

#[test]
fn what_holds_or_cannot_be_known_is_silent() {
    assert_silent(
        &claimed(vec![ClaimKind::NoDeviations], ClaimStatus::Holds(None)),
        "D607",
    );
    assert_silent(
        &claimed(vec![ClaimKind::Verified], ClaimStatus::Unchecked("x".into())),
        "D607",
    );
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&claimed(vec![ClaimKind::Verified], no("x")), "D607");
}

#[test]
fn two_claims_have_two_names() {
    assert_two_names(
        &claimed(vec![commit("abc1234", "1"), commit("abc1235", "1")], no("x")),
        "D607",
    );
}
