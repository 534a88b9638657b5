use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check, check_example, of_unit};
use crate::support::plan::plan;
use drift::model::{Comparison, Overlap, OverlapParty};
use snapbox::{assert_data_eq, str};

fn overlapping(second: OverlapParty) -> Comparison<'static> {
    let plan = plan()
        .unit("U1", "Add a route", &["src/api.rs"])
        .unit("U2", "Drop a route", &["src/api.rs"]);
    let mut comparison = bare(plan.build());
    let first = OverlapParty::Declared(of_unit(0, 0));
    comparison.overlaps = vec![Overlap {
        first,
        second,
        pattern: "src/api.rs".into(),
    }];
    comparison
}

fn two_units() -> Comparison<'static> {
    overlapping(OverlapParty::Declared(of_unit(1, 0)))
}

#[test]
fn two_units_with_one_file_are_found() {
    assert_data_eq!(
        check_example(&two_units(), "D009"),
        str![[r#"
warning[D009]: unit `U1` and unit `U2` both own `src/api.rs` at the same time
  help: give the path to one of them, or let one wait for the other
  at: plan.json
  see: plan.json: unit `U2` declares it here

"#]]
    );
}

#[test]
fn another_open_run_is_named() {
    let comparison = overlapping(OverlapParty::Sibling("add-login-0a1b2c3d".into()));
    assert_data_eq!(
        check(&comparison, "D009"),
        str![[r#"
warning[D009]: unit `U1` and run `add-login-0a1b2c3d` both own `src/api.rs` at the same time
  help: give the path to one of them, or let one wait for the other
  at: plan.json

"#]]
    );
}

#[test]
fn separate_scopes_are_silent() {
    let plan = plan()
        .unit("U1", "Add", &["src/a.rs"])
        .unit("U2", "Drop", &["src/b.rs"]);
    assert_silent(&bare(plan.build()), "D009");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&two_units(), "D009");
}

#[test]
fn two_parties_have_two_names() {
    let mut comparison = two_units();
    comparison
        .overlaps
        .extend(overlapping(OverlapParty::Sibling("x-0a1b2c3d".into())).overlaps);
    assert_two_names(&comparison, "D009");
}
