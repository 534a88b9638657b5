use crate::support::history::history;
use crate::support::judge::touched;
use crate::support::judge::{
    assert_acceptable, assert_silent, assert_two_names, beside, check, check_example, of_unit,
};
use crate::support::plan::{lane, plan};
use drift::model::{Comparison, Declared, FileClass, Plan};
use snapbox::{assert_data_eq, str};

fn strayed(paths: &[&str]) -> Comparison<'static> {
    let plan =
        plan()
            .unit("U1", "Add login", &["src/login.rs"])
            .unit("U2", "Add logout", &["src/logout.rs", "src/exit.rs"]);
    let history = history(&[]).commit("Add login", "A src/login.rs, A src/logout.rs, A src/exit.rs");
    let mut comparison = beside(plan.build(), history.build());
    comparison.files = paths
        .iter()
        .map(|path| touched(&comparison, path, FileClass::WrongLane))
        .collect();
    for file in &mut comparison.files {
        file.declared_by = vec![of_unit(1, 0)];
        file.units = vec![0];
    }
    comparison
}

#[test]
fn a_file_of_another_unit_is_found() {
    assert_data_eq!(
        check_example(&strayed(&["src/logout.rs"]), "D104"),
        str![[r#"
warning[D104]: `src/logout.rs` belongs to unit `U2` and was touched by 1 commit of unit `U1`
  help: move the change to the owner's commit, or declare it in `plan.json` (`units[].files`) in a new run, or accept it: `drift accept D104-849d70e81914 --because …`
  at: src/logout.rs
  see: plan.json: declared here
  see: commit 9e3779b: "Add login"

"#]]
    );
}

#[test]
fn a_file_of_another_plan_is_found() {
    let mut comparison = strayed(&["src/logout.rs"]);
    let one = lane("01-01").unit("1", "Add login", &["src/login.rs"]).build();
    let two = lane("01-02").allows("src/logout.rs").build();
    comparison.plan = Box::leak(Box::new(Plan::combine([one, two])));
    comparison.units.truncate(1);
    comparison.files[0].declared_by = vec![Declared {
        lane: 1,
        unit: None,
        index: 0,
    }];
    assert_data_eq!(
        check(&comparison, "D104"),
        str![[r#"
warning[D104]: `src/logout.rs` belongs to plan `01-02` and was touched by 1 commit of unit `01-01/1`
  help: move the change to the owner's commit, or declare it in `01-01.json` (`units[].files`) in a new run, or accept it: `drift accept D104-849d70e81914 --because …`
  at: src/logout.rs
  see: 01-02.json: declared here
  see: commit 9e3779b: "Add login"

"#]]
    );
}

#[test]
fn a_file_of_the_units_own_is_silent() {
    let mut comparison = strayed(&["src/login.rs"]);
    comparison.files[0].class = FileClass::Planned;
    assert_silent(&comparison, "D104");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&strayed(&["src/logout.rs"]), "D104");
}

#[test]
fn two_files_have_two_names() {
    assert_two_names(&strayed(&["src/logout.rs", "src/exit.rs"]), "D104");
}
