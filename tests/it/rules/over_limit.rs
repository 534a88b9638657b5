use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, LimitExceeded, LimitKind, PlanLocation};
use snapbox::{assert_data_eq, str};

fn exceeded(kinds: &[LimitKind]) -> Comparison<'static> {
    let mut plan = plan().build();
    plan.sources[0].name = "intent.json".into();
    let mut comparison = bare(plan);
    let limit = |&kind: &LimitKind| LimitExceeded {
        kind,
        limit: 10,
        found: 12,
        location: PlanLocation::new(0, format!("/limits/{}", kind.name()), 0..0),
    };
    comparison.limits = kinds.iter().map(limit).collect();
    comparison
}

#[test]
fn more_files_than_allowed_are_found() {
    assert_data_eq!(
        check_example(&exceeded(&[LimitKind::Files]), "D111"),
        str![[r#"
warning[D111]: the range touches 12 files; the plan allows 10
  help: split the work, or raise the limit in a new run, or accept it: `drift accept D111-01e8f8176fc5 --because …`
  at: intent.json/limits/files

"#]]
    );
}

#[test]
fn lines_and_commits_are_counted_too() {
    let comparison = exceeded(&[LimitKind::Lines, LimitKind::Commits]);
    assert_data_eq!(
        check(&comparison, "D111"),
        str![[r#"
warning[D111]: the range inserts and deletes 12 lines; the plan allows 10
  help: split the work, or raise the limit in a new run, or accept it: `drift accept D111-9473b24ee7c1 --because …`
  at: intent.json/limits/lines
warning[D111]: the range has 12 commits; the plan allows 10
  help: split the work, or raise the limit in a new run, or accept it: `drift accept D111-fa685e36ffa6 --because …`
  at: intent.json/limits/commits

"#]]
    );
}

#[test]
fn a_range_within_its_limits_is_silent() {
    assert_silent(&exceeded(&[]), "D111");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&exceeded(&[LimitKind::Files]), "D111");
}

#[test]
fn two_limits_have_two_names() {
    assert_two_names(&exceeded(&[LimitKind::Files, LimitKind::Lines]), "D111");
}
