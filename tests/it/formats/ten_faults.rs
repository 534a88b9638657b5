//! Ten faults in three artifacts are ten problems, each at its line.

use super::{problems, read};
use snapbox::{assert_data_eq, str};

#[test]
fn ten_faults_are_ten_problems_at_their_lines() {
    let plan = read(&[
        ("intent.json", include_str!("../../fixtures/ten_faults/intent.json")),
        (
            "commit_plan.json",
            include_str!("../../fixtures/ten_faults/commit_plan.json"),
        ),
        (
            "test_contract.json",
            include_str!("../../fixtures/ten_faults/test_contract.json"),
        ),
    ]);
    assert_eq!(plan.problems.len(), 10);
    assert_eq!(
        (plan.lanes.len(), plan.units.len(), plan.lanes[0].tests.len()),
        (1, 2, 1)
    );
    assert_data_eq!(
        problems(&plan),
        str![[r#"
InvalidValue intent.json:4:11 /goal: `goal` is too short to say what is wanted; say in 10 characters or more what will be so when the work is done
UnknownField intent.json:5:3 /allowedFile: unknown field `allowedFile`; did you mean `allowedFiles`?
InvalidValue intent.json:6:22 /forbiddenFiles/0: `/etc/passwd`: the path is absolute; name it from the top of the repository
InvalidValue intent.json:7:16 /riskLevel: `riskLevel` can't be `HIGH`; did you mean `high`?
InvalidValue commit_plan.json:7:52 /units/0/files/0/action: `action` can't be `ADD`; write one of `CREATE`, `MODIFY`, `DELETE`, `RENAME`
MissingField commit_plan.json:9:5 /units/1/title: `units[1]` has no `title`
InvalidValue commit_plan.json:12:21 /units/1/dependsOn/0: `U7` names no unit; did you mean `U1`?
Unreadable commit_plan.json:12:26 : not valid JSON: trailing commas are not allowed; take the comma out
InvalidValue test_contract.json:4:62 /suites/0/timeout: `timeout` is null; write a whole number, or leave the field out
InvalidValue test_contract.json:9:29 /gates/minPassRate: `minPassRate` is 95; write a number from 0 to 1, such as 0.95

"#]]
    );
}
