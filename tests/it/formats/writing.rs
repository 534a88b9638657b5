//! A plan of any format can be written as native artifacts, which then say the same.

use super::{problems, read};
use crate::support::plan::lane;
use drift::formats::{SCHEMA_NAMES, TemplateValues, template, write_native};
use drift::model::{Located, Plan, PlanLocation};

/// The plan that the written artifacts are.
fn written(plan: &Plan) -> Plan {
    let files = write_native(plan, 0).unwrap();
    read(&[
        ("intent.json", &files.intent),
        ("commit_plan.json", &files.commit_plan),
        ("test_contract.json", &files.test_contract),
    ])
}

#[test]
fn native_artifacts_are_written_as_they_were_read() {
    let texts: Vec<_> = SCHEMA_NAMES
        .iter()
        .map(|name| template(name, &TemplateValues::default()).unwrap())
        .collect();
    let plan = read(&[("a", &texts[0]), ("b", &texts[1]), ("c", &texts[2])]);
    let again = written(&plan);
    assert_eq!(problems(&again), "");
    let files = write_native(&plan, 0).unwrap();
    let files_again = write_native(&again, 0).unwrap();
    assert_eq!(files.intent, files_again.intent);
    assert_eq!(files.commit_plan, texts[1]);
    assert_eq!(files.test_contract, texts[2]);
}

#[test]
fn other_plans_keep_what_native_artifacts_can_say() {
    let plan = lane("04-01 Auth")
        .allows("src/**")
        .forbids("docs/")
        .unit("1", "Add the form", &["CREATE src/form.rs", "src/lib.rs"])
        .unit("Task 2", "", &[])
        .after("1")
        .lane(|lane| {
            let location = PlanLocation::default();
            let value = "People can log in".into();
            lane.goal = Some(Located { value, location });
        })
        .build();
    let again = written(&plan);
    assert_eq!(problems(&again), "");
    assert_eq!(again.lanes[0].name, "04-01-auth");
    assert_eq!(again.lanes[0].allowed[0].pattern.text(), "src/**");
    assert_eq!(again.units[0].files[0].action.map(|it| it.name()), Some("CREATE"));
    let ids: Vec<_> = again
        .units
        .iter()
        .map(|it| (it.id.as_str(), it.title.as_str()))
        .collect();
    assert_eq!(ids, [("1", "Add the form"), ("Task-2", "Unit Task-2")]);
    assert_eq!(again.units[1].depends_on[0].value, "1");
}

#[test]
fn a_goal_that_is_missing_is_said_to_be() {
    assert!(problems(&written(&lane("x").build())).contains("`goal` is empty"));
    assert!(write_native(&lane("x").build(), 1).is_none());
}
