//! What is read from an intent.

use super::{problems, read};
use snapbox::{assert_data_eq, str};

const GOOD: &str = r#"{
  "$schema": "x.json",
  "schema": "drift/intent/1",
  "slug": "add-login",
  "goal": "People can log in with a password",
  "constraints": ["no new dependency"],
  "allowedFiles": ["src/**", "!src/generated/", "Cargo.toml"],
  "forbiddenFiles": ["src/billing/"],
  "riskLevel": "high",
  "limits": {"files": 10, "lines": 400, "commits": 3.0},
  "dangerMode": true,
  "baseRef": "origin/main",
  "targetRef": "HEAD",
  "references": ["https://example.com/issues/1"]
}"#;

#[test]
fn every_field_is_read() {
    let plan = read(&[("intent.json", GOOD)]);
    assert_eq!(problems(&plan), "");
    assert_eq!(plan.sources[0].format, "intent");
    let lane = &plan.lanes[0];
    assert_eq!(lane.name, "add-login");
    assert_eq!(lane.goal.as_ref().unwrap().value, "People can log in with a password");
    assert_eq!(lane.goal.as_ref().unwrap().location.pointer, "/goal");
    let allowed: Vec<_> = lane.allowed.iter().map(|it| it.pattern.to_text()).collect();
    assert_eq!(allowed, ["src/**", "!src/generated/", "Cargo.toml"]);
    assert_eq!(lane.forbidden[0].location.pointer, "/forbiddenFiles/0");
    assert_eq!(lane.risk_level, Some(drift::model::RiskLevel::High));
    assert_eq!(lane.limits.commits.as_ref().unwrap().value, 3);
    assert!(lane.danger_mode);
    assert_eq!(lane.base_ref.as_deref(), Some("origin/main"));
    assert_eq!(lane.target_ref.as_deref(), Some("HEAD"));
    assert_eq!(lane.constraints, ["no new dependency"]);
    assert_eq!(lane.references, ["https://example.com/issues/1"]);
}

#[test]
fn every_fault_is_said_with_its_place() {
    let plan = read(&[(
        "intent.json",
        r#"{
  "schema": "drift/intent/2",
  "slug": "Add Login",
  "goal": "login",
  "allowedFile": ["src/**"],
  "forbiddenFiles": ["/etc/passwd", "../x", 7, "", "src/{a"],
  "riskLevel": "HIGH",
  "limits": {"files": -1, "lines": 1.5, "commits": null, "hours": 3},
  "dangerMode": "yes",
  "baseRef": "--upload-pack=x",
  "constraints": "none",
  "constraints": []
}"#,
    )]);
    assert_data_eq!(
        problems(&plan),
        str![[r#"
InvalidValue intent.json:2:13 /schema: `schema` is `drift/intent/2`; this drift reads `drift/intent/1`
InvalidValue intent.json:3:11 /slug: `Add Login` is no slug: use lower-case letters, digits and single hyphens, 64 characters at most
InvalidValue intent.json:4:11 /goal: `goal` is too short to say what is wanted; say in 10 characters or more what will be so when the work is done
UnknownField intent.json:5:3 /allowedFile: unknown field `allowedFile`; did you mean `allowedFiles`?
InvalidValue intent.json:6:22 /forbiddenFiles/0: `/etc/passwd`: the path is absolute; name it from the top of the repository
InvalidValue intent.json:6:37 /forbiddenFiles/1: `../x`: the path leaves the repository; name it from the top of the repository
InvalidValue intent.json:6:45 /forbiddenFiles/2: `forbiddenFiles[2]` is a number; it has to be a string
InvalidValue intent.json:6:48 /forbiddenFiles/3: `forbiddenFiles[3]` is empty
InvalidValue intent.json:6:52 /forbiddenFiles/4: `src/{a`: the wildcards can't be read: an unclosed `[` or `{`, or a range that runs backwards
InvalidValue intent.json:7:16 /riskLevel: `riskLevel` can't be `HIGH`; did you mean `high`?
InvalidValue intent.json:8:23 /limits/files: `files` is -1; write a whole number, 0 or more
InvalidValue intent.json:8:36 /limits/lines: `lines` is 1.5; write a whole number, 0 or more
InvalidValue intent.json:8:52 /limits/commits: `commits` is null; write a whole number, or leave the field out
UnknownField intent.json:8:58 /limits/hours: unknown field `hours`; the fields here are `files`, `lines`, `commits`
InvalidValue intent.json:9:17 /dangerMode: `dangerMode` is a string; it has to be true or false
InvalidValue intent.json:10:14 /baseRef: `baseRef` can't be a revision; write a branch, a tag, a commit id, or what `git rev-parse` understands
InvalidValue intent.json:12:3 /constraints: `constraints` is there more than once; the last one counts; leave one of them

"#]]
    );
}
