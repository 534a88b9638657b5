use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check, check_example};
use crate::support::plan::{lane, plan};
use drift::model::{Comparison, Plan};
use snapbox::{assert_data_eq, str};

/// Units by `id: needed …`.
fn units(lines: &[&str]) -> Comparison<'static> {
    let mut plan = plan();
    for line in lines {
        let (id, needed) = line.split_once(':').unwrap();
        plan = plan.unit(id, id, &[]);
        for needed in needed.split_whitespace() {
            plan = plan.after(needed);
        }
    }
    bare(plan.build())
}

#[test]
fn two_units_that_wait_for_each_other_are_found() {
    assert_data_eq!(
        check_example(&units(&["U1: U2", "U2: U1"]), "D006"),
        str![[r#"
warning[D006]: units depend on each other in a circle: `U1 → U2 → U1`
  help: take one of these dependencies out, or move what both need into a unit that comes first
  at: plan.json
  see: plan.json: unit `U2`

"#]]
    );
}

#[test]
fn a_unit_that_waits_for_itself_is_found() {
    assert_data_eq!(
        check(&units(&["U1: U1"]), "D006"),
        str![[r#"
warning[D006]: unit `U1` depends on itself
  help: take one of these dependencies out, or move what both need into a unit that comes first
  at: plan.json

"#]]
    );
}

#[test]
fn units_of_two_plans_that_wait_for_each_other_are_found() {
    let one = lane("04-01").unit("1", "Add login", &[]).after("04-02/1").build();
    let two = lane("04-02").unit("1", "Add logout", &[]).after("04-01/1").build();
    assert_data_eq!(
        check(&bare(Plan::combine([one, two])), "D006"),
        str![[r#"
warning[D006]: units depend on each other in a circle: `04-01/1 → 04-02/1 → 04-01/1`
  help: take one of these dependencies out, or move what both need into a unit that comes first
  at: 04-01.json
  see: 04-02.json: unit `04-02/1`

"#]]
    );
}

#[test]
fn units_before_and_behind_the_circle_are_not_in_it() {
    let comparison = units(&["A:", "B: A D", "C: B", "D: C A", "E: D"]);
    assert_data_eq!(
        check(&comparison, "D006"),
        str![[r#"
warning[D006]: units depend on each other in a circle: `B → D → C → B`
  help: take one of these dependencies out, or move what both need into a unit that comes first
  at: plan.json
  see: plan.json: unit `D`
  see: plan.json: unit `C`

"#]]
    );
}

#[test]
fn an_order_that_exists_is_silent() {
    assert_silent(&units(&["A:", "B: A", "C: A B", "D: C B unknown"]), "D006");
}

#[test]
fn a_hundred_thousand_units_in_a_row_are_no_trouble() {
    let ids: Vec<String> = (0..100_000).map(|it| format!("U{it}: U{}", it + 1)).collect();
    let lines: Vec<&str> = ids.iter().map(String::as_str).collect();
    assert_silent(&units(&lines), "D006");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&units(&["U1: U1"]), "D006");
}

#[test]
fn two_circles_have_two_names() {
    assert_two_names(&units(&["A: B", "B: A", "C: D A", "D: C"]), "D006");
}

#[test]
fn the_name_does_not_depend_on_the_order_of_the_plan() {
    let name = |lines: &[&str]| {
        crate::support::judge::found(&units(lines), "D006")[0]
            .fingerprint
            .clone()
    };
    assert_eq!(name(&["A: B", "B: C", "C: A"]), name(&["C: A", "A: B", "B: C"]));
}
