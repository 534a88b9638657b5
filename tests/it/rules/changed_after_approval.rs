use crate::support::judge::{approval, approved, assert_acceptable, assert_silent, bare, check, check_example, found};
use crate::support::plan::plan;
use drift::model::{ApprovalState, Comparison, Source, Standing, StandingKind};
use snapbox::{assert_data_eq, str};

fn changed(hash: &str) -> Comparison<'static> {
    let mut plan = plan().build();
    plan.sources[0].name = "commit_plan.json".into();
    plan.sources.push(Source {
        name: "intent.json".into(),
        ..Source::default()
    });
    let mut comparison = bare(plan);
    let kind = StandingKind::Changed {
        approval: approval(),
        found: hash.into(),
    };
    comparison.standings = vec![Standing { source: 0, kind }];
    comparison
}

#[test]
fn another_text_than_the_approved_one_is_found() {
    assert_data_eq!(
        check_example(&changed("bbbb"), "D011"),
        str![[r#"
error[D011]: `commit_plan.json` was changed since Ann <ann@example.com> approved it
  help: put the approved text back, or run `drift approve commit_plan.json`
  at: commit_plan.json

"#]]
    );
}

#[test]
fn a_text_that_is_gone_is_found() {
    assert_data_eq!(
        check(&changed(""), "D011"),
        str![[r#"
error[D011]: `commit_plan.json` is gone since Ann <ann@example.com> approved it
  help: put the approved text back, or run `drift approve commit_plan.json`
  at: commit_plan.json

"#]]
    );
}

#[test]
fn the_approved_text_is_silent() {
    let mut comparison = changed("bbbb");
    comparison.standings = vec![approved(0, ApprovalState::Unsigned)];
    assert_silent(&comparison, "D011");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&changed("bbbb"), "D011");
}

#[test]
fn the_next_change_has_another_name() {
    let name = |hash: &str| found(&changed(hash), "D011")[0].fingerprint.clone();
    assert_eq!(name("bbbb"), name("bbbb"));
    assert_ne!(name("bbbb"), name("cccc"));
}

#[test]
fn two_artifacts_have_two_names() {
    let mut comparison = changed("bbbb");
    let other = Standing {
        source: 1,
        ..comparison.standings[0].clone()
    };
    comparison.standings.push(other);
    crate::support::judge::assert_two_names(&comparison, "D011");
}
