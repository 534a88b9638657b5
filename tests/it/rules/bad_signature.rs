use crate::support::judge::{approved, assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{ApprovalState, Comparison, Source};
use snapbox::{assert_data_eq, str};

fn signed(state: &ApprovalState) -> Comparison<'static> {
    let mut plan = plan().build();
    plan.sources[0].name = "commit_plan.json".into();
    plan.sources.push(Source {
        name: "intent.json".into(),
        ..Source::default()
    });
    let mut comparison = bare(plan);
    comparison.standings = vec![approved(0, state.clone())];
    comparison
}

fn bad() -> ApprovalState {
    ApprovalState::BadSignature("no principal matched".into())
}

#[test]
fn a_signature_that_does_not_verify_is_found() {
    assert_data_eq!(
        check_example(&signed(&bad()), "D013"),
        str![[r#"
error[D013]: the approval of `commit_plan.json` by Ann <ann@example.com> is badly signed: no principal matched
  help: make the key known here, or run `drift approve --sign commit_plan.json`
  at: commit_plan.json

"#]]
    );
}

#[test]
fn a_good_signature_and_none_are_silent() {
    assert_silent(&signed(&ApprovalState::Signed), "D013");
    assert_silent(&signed(&ApprovalState::Unsigned), "D013");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&signed(&bad()), "D013");
}

#[test]
fn two_artifacts_have_two_names() {
    let mut comparison = signed(&bad());
    comparison.standings.push(approved(1, bad()));
    assert_two_names(&comparison, "D013");
}
