use crate::support::judge::{approved, assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{ApprovalState, Comparison, Source};
use snapbox::{assert_data_eq, str};

fn written_by(author: &str) -> Comparison<'static> {
    let mut plan = plan().build();
    plan.sources[0].name = "commit_plan.json".into();
    plan.sources.push(Source {
        name: "intent.json".into(),
        ..Source::default()
    });
    let mut comparison = bare(plan);
    comparison.standings = vec![approved(0, ApprovalState::Unsigned)];
    comparison.authors = vec!["Bob <bob@example.com>".into(), author.into()];
    comparison
}

#[test]
fn an_author_who_approved_is_found() {
    assert_data_eq!(
        check_example(&written_by("Ann <ann@example.com>"), "D012"),
        str![[r#"
note[D012]: `commit_plan.json` was approved by Ann <ann@example.com>, who wrote commits of the range
  help: let somebody else approve it
  at: commit_plan.json

"#]]
    );
}

#[test]
fn the_address_tells_who_it_is() {
    assert_ne!(
        crate::support::judge::check(&written_by("A. Nn <Ann@Example.com>"), "D012"),
        ""
    );
    assert_silent(&written_by("Ann <ann@elsewhere.example>"), "D012");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&written_by("Ann <ann@example.com>"), "D012");
}

#[test]
fn two_artifacts_have_two_names() {
    let mut comparison = written_by("Ann <ann@example.com>");
    comparison.standings.push(approved(1, ApprovalState::Signed));
    assert_two_names(&comparison, "D012");
}
