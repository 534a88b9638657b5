use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check, check_example};
use crate::support::plan::{PlanBuilder, plan};
use drift::model::Comparison;
use snapbox::{assert_data_eq, str};

fn unit_of(plan: PlanBuilder, id: &str, size: usize) -> PlanBuilder {
    let files: Vec<String> = (0..size).map(|it| format!("src/{it}.rs")).collect();
    plan.unit(id, "Add login", &files.iter().map(String::as_str).collect::<Vec<_>>())
}

fn units(size: usize) -> Comparison<'static> {
    let unit = |plan: PlanBuilder, number| plan.unit(&format!("U{number}"), "Add login", &[]);
    bare((0..size).fold(plan(), unit).build())
}

#[test]
fn a_unit_of_many_files_is_found() {
    assert_data_eq!(
        check_example(&bare(unit_of(plan(), "U1", 22).build()), "D014"),
        str![[r#"
warning[D014]: unit `U1` declares 22 files; more than 20 are hard to review
  help: split the unit, or declare a folder where all of it changes alike
  at: plan.json

"#]]
    );
}

#[test]
fn a_plan_of_many_units_is_found() {
    assert_data_eq!(
        check(&units(31), "D014"),
        str![[r#"
warning[D014]: `plan.json` plans 31 units; more than 30 are hard to review
  help: split the work into several runs
  at: plan.json

"#]]
    );
}

#[test]
fn what_the_options_allow_is_silent() {
    assert_silent(&units(30), "D014");
    assert_silent(&bare(unit_of(plan(), "U1", 20).build()), "D014");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&units(31), "D014");
}

#[test]
fn two_units_have_two_names() {
    assert_two_names(&bare(unit_of(unit_of(plan(), "U1", 21), "U2", 21).build()), "D014");
}
