//! What is read from a test contract, and how the artifacts of one folder refer to each other.

use super::{problems, read};
use snapbox::{assert_data_eq, str};

const GOOD: &str = r#"{
  "schema": "drift/test_contract/1",
  "suites": [
    {"id": "unit", "command": ["cargo", "test", ""], "report": "target/junit.xml", "format": "junit", "timeout": 60}
  ],
  "tests": [
    {"id": "T1", "suite": "unit", "name": "login::*", "clauses": ["CL-1"]},
    {"id": "T2", "name": "logout", "required": false}
  ],
  "gates": {"minPassRate": 0.95, "maxSkipped": 1, "maxFlaky": 0},
  "contract": {"clauses": [{"id": "CL-1", "title": "A wrong password is refused", "kind": "error", "normativity": "SHOULD"}]}
}"#;

#[test]
fn every_field_is_read() {
    let plan = read(&[("test_contract.json", GOOD)]);
    assert_eq!(problems(&plan), "");
    let lane = &plan.lanes[0];
    assert_eq!(lane.suites[0].command, ["cargo", "test", ""]);
    assert_eq!(lane.suites[0].report.as_deref(), Some("target/junit.xml"));
    assert_eq!(
        (lane.suites[0].format.as_deref(), lane.suites[0].timeout),
        (Some("junit"), Some(60))
    );
    assert_eq!(
        (lane.tests[0].suite.as_deref(), lane.tests[0].required),
        (Some("unit"), true)
    );
    assert_eq!((lane.tests[1].name.as_str(), lane.tests[1].required), ("logout", false));
    assert_eq!(lane.gates.min_pass_rate, Some(0.95));
    assert_eq!((lane.gates.max_skipped, lane.gates.max_flaky), (Some(1), Some(0)));
    assert_eq!(lane.clauses[0].normativity, drift::model::Normativity::Should);
}

#[test]
fn every_fault_is_said_with_its_place() {
    let plan = read(&[(
        "test_contract.json",
        r#"{
  "schema": "drift/test_contract/1",
  "suites": [
    {"id": "unit", "command": "cargo test", "report": "/tmp/x", "format": "JUnit", "timeout": 0},
    {"id": "unit", "command": []},
    {"id": "e2e", "command": ["", 5]},
    {"command": ["make"]}
  ],
  "tests": [
    {"id": "T1", "suite": "units", "required": "yes"},
    {"id": "T1", "name": "", "clauses": ["CL-2"]}
  ],
  "gates": {"minPassRate": 95, "maxSkipped": 1e400, "passRate": 1},
  "contract": {"clauses": [{"id": "CL-1", "normativity": "must"}]}
}"#,
    )]);
    assert_data_eq!(
        problems(&plan),
        str![[r#"
InvalidValue test_contract.json:4:31 /suites/0/command: `command` is a string; it has to be a list; write the program and its arguments as a list, such as ["cargo", "test"]; no shell is involved
InvalidValue test_contract.json:4:55 /suites/0/report: `/tmp/x`: the path is absolute; name it from the top of the repository
InvalidValue test_contract.json:4:75 /suites/0/format: `format` can't be `JUnit`; did you mean `junit`?
InvalidValue test_contract.json:4:95 /suites/0/timeout: `timeout` is 0; write a whole number, 1 or more
InvalidValue test_contract.json:5:12 /suites/1: another suite is called `unit` already; give each its own id
InvalidValue test_contract.json:5:31 /suites/1/command: `command` is empty; name the program first, then its arguments
InvalidValue test_contract.json:6:31 /suites/2/command/0: `command[0]` is empty
InvalidValue test_contract.json:6:35 /suites/2/command/1: `command[1]` is a number; it has to be a string
MissingField test_contract.json:7:5 /suites/3/id: `suites[3]` has no `id`
MissingField test_contract.json:10:5 /tests/0/name: `tests[0]` has no `name`
InvalidValue test_contract.json:10:27 /tests/0/suite: `units` names no suite; did you mean `unit`?
InvalidValue test_contract.json:10:48 /tests/0/required: `required` is a string; it has to be true or false
InvalidValue test_contract.json:11:12 /tests/1: another test is called `T1` already; give each its own id
InvalidValue test_contract.json:11:26 /tests/1/name: `name` is empty
InvalidValue test_contract.json:11:42 /tests/1/clauses/0: `CL-2` names no clause of the test contract; did you mean `CL-1`?
InvalidValue test_contract.json:13:28 /gates/minPassRate: `minPassRate` is 95; write a number from 0 to 1, such as 0.95
InvalidValue test_contract.json:13:46 /gates/maxSkipped: `maxSkipped` is no number that can be read; write a whole number
UnknownField test_contract.json:13:53 /gates/passRate: unknown field `passRate`; the fields here are `minPassRate`, `maxSkipped`, `maxFlaky`
MissingField test_contract.json:14:28 /contract/clauses/0/title: `clauses[0]` has no `title`
InvalidValue test_contract.json:14:58 /contract/clauses/0/normativity: `normativity` can't be `must`; did you mean `MUST`?

"#]]
    );
}

#[test]
fn artifacts_of_one_folder_are_one_lane() {
    let intent = r#"{"schema": "drift/intent/1", "slug": "add-login", "goal": "People can log in"}"#;
    let units = r#"{"schema": "drift/commit_plan/1", "units": [
        {"id": "U1", "title": "One", "tests": ["T1", "T3"], "clauses": ["CL-1", "CL-9"]}]}"#;
    let plan = read(&[
        ("main:.drift/runs/x/commit_plan.json", units),
        ("main:.drift/runs/x/intent.json", intent),
        ("main:.drift/runs/x/test_contract.json", GOOD),
        (
            "other/commit_plan.json",
            r#"{"schema": "drift/commit_plan/1", "units": []}"#,
        ),
    ]);
    let names: Vec<_> = plan.lanes.iter().map(|lane| lane.name.as_str()).collect();
    assert_eq!(names, ["add-login", "other"]);
    assert_eq!(plan.sources.len(), 4);
    assert_eq!(plan.lanes[0].location.source, 1);
    assert_eq!((plan.lanes[0].suites.len(), plan.lanes[0].tests.len()), (1, 2));
    assert_data_eq!(
        problems(&plan),
        str![[r#"
InvalidValue main:.drift/runs/x/commit_plan.json:2:54 /units/0/tests/1: `T3` names no test of the test contract; did you mean `T1`?
InvalidValue main:.drift/runs/x/commit_plan.json:2:81 /units/0/clauses/1: `CL-9` names no clause of the test contract; did you mean `CL-1`?

"#]]
    );
}

#[test]
fn names_are_not_checked_against_an_artifact_that_is_not_there() {
    let units = r#"{"schema": "drift/commit_plan/1", "units": [{"id": "U1", "title": "One", "tests": ["T1"]}]}"#;
    assert_eq!(problems(&read(&[("commit_plan.json", units)])), "");
}
