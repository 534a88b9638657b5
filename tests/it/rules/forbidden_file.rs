use crate::support::history::history;
use crate::support::judge::{
    assert_acceptable, assert_silent, assert_two_names, beside, check, check_example, touched,
};
use crate::support::plan::plan;
use drift::model::{Comparison, FileClass, PlanLocation};
use snapbox::{assert_data_eq, str};

fn forbidden(paths: &[&str]) -> Comparison<'static> {
    let history = history(&["infra/main.tf", "infra/vars.tf"]).commit("Add login", "M infra/main.tf, M infra/vars.tf");
    let mut plan = plan().forbids("infra/").build();
    plan.sources[0].name = "intent.json".into();
    let mut comparison = beside(plan, history.build());
    comparison.files = paths
        .iter()
        .map(|path| touched(&comparison, path, FileClass::Forbidden))
        .collect();
    comparison.files[0].forbidden_by = Some(PlanLocation::new(0, "/forbiddenFiles/0", 0..0));
    comparison
}

#[test]
fn a_file_that_the_plan_forbids_is_found() {
    assert_data_eq!(
        check_example(&forbidden(&["infra/main.tf"]), "D102"),
        str![[r#"
error[D102]: `infra/main.tf` was changed by 1 commit; `intent.json` forbids it
  help: take the change back, or have the plan changed and approved, or accept it: `drift accept D102-5380da48ea66 --because …`
  at: infra/main.tf
  see: intent.json/forbiddenFiles/0: forbidden here
  see: commit 9e3779b: "Add login"

"#]]
    );
}

#[test]
fn a_file_that_the_policy_forbids_is_found() {
    let mut comparison = forbidden(&["infra/main.tf"]);
    comparison.files[0].forbidden_by = None;
    assert_data_eq!(
        check(&comparison, "D102"),
        str![[r#"
error[D102]: `infra/main.tf` was changed by 1 commit; the repository's policy forbids it
  help: take the change back, or change `forbidden` in .drift/config.yaml on the base, or accept it: `drift accept D102-5380da48ea66 --because …`
  at: infra/main.tf
  see: commit 9e3779b: "Add login"

"#]]
    );
}

#[test]
fn a_forbidden_deletion_is_said_once() {
    let mut comparison = forbidden(&["infra/main.tf"]);
    comparison.files[0].unplanned_delete = true;
    ["D101", "D108"]
        .iter()
        .for_each(|code| assert_silent(&comparison, code));
}

#[test]
fn a_planned_file_is_silent() {
    let mut comparison = forbidden(&["infra/main.tf"]);
    comparison.files[0].class = FileClass::Planned;
    assert_silent(&comparison, "D102");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&forbidden(&["infra/main.tf"]), "D102");
}

#[test]
fn two_files_have_two_names() {
    assert_two_names(&forbidden(&["infra/main.tf", "infra/vars.tf"]), "D102");
}
