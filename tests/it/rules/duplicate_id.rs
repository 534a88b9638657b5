use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::{lane, plan};
use drift::model::Plan;
use snapbox::{assert_data_eq, str};

#[test]
fn a_second_unit_of_the_same_id_is_found() {
    let plan = plan().unit("U1", "Add login", &[]).unit("U1", "Add logout", &[]);
    assert_data_eq!(
        check_example(&bare(plan.build()), "D007"),
        str![[r#"
warning[D007]: the id `U1` of "Add logout" is taken by "Add login"
  help: give one of the two an id of its own
  at: plan.json
  see: plan.json: the first unit with this id

"#]]
    );
}

#[test]
fn plans_side_by_side_may_share_ids() {
    let one = lane("01-01").unit("1", "Add login", &[]).build();
    let two = lane("01-02").unit("1", "Add logout", &[]).build();
    assert_silent(&bare(Plan::combine([one, two])), "D007");
}

#[test]
fn an_accepted_one_is_a_note() {
    let plan = plan().unit("U1", "Add login", &[]).unit("U1", "Add login", &[]);
    assert_acceptable(&bare(plan.build()), "D007");
}

#[test]
fn the_second_and_the_third_have_two_names() {
    let plan = plan()
        .unit("U1", "Add", &[])
        .unit("U1", "Add", &[])
        .unit("U1", "Add", &[]);
    assert_two_names(&bare(plan.build()), "D007");
}
