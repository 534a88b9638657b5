//! Gatekeeper's plans in the form of its guide, of its program, and of the plans in use; its contract alone; microplans.

use super::{problems, read};
use drift::model::{Action, ContractMode, Normativity, Plan, RiskLevel, SurfaceKind};
use snapbox::{assert_data_eq, str};

fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/gatekeeper/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn plan_of(name: &str) -> Plan {
    read(&[(name, &fixture(name))])
}

/// The declared files with their actions.
fn files(plan: &Plan, unit: usize) -> Vec<String> {
    let shown = |it: &drift::model::Declaration| {
        let action = it.action.map_or("", Action::name);
        format!("{action} {}", it.pattern.to_text()).trim().to_owned()
    };
    plan.units[unit].files.iter().map(shown).collect()
}

#[test]
fn a_plan_whose_manifest_is_misspelt_is_still_one() {
    let text = fixture("documented.json").replacen("\"manifest\"", "\"manifets\"", 1);
    let plan = read(&[("plan.json", &text)]);
    assert_eq!(plan.sources[0].format, "gatekeeper");
    let said = problems(&plan);
    assert!(
        said.contains("unknown field `manifets`; did you mean `manifest`?"),
        "{said}"
    );
}

#[test]
fn the_documented_form_is_read_whole() {
    let plan = plan_of("documented.json");
    assert_eq!(problems(&plan), "");
    assert_eq!(plan.sources[0].format, "gatekeeper");
    assert_eq!(
        files(&plan, 0),
        ["CREATE src/auth.ts", "DELETE src/old.ts", "tests/auth.test.ts"]
    );
    let lane = &plan.lanes[0];
    assert_eq!((lane.name.as_str(), lane.danger_mode), ("auth-001", true));
    assert_eq!(
        (lane.base_ref.as_deref(), lane.target_ref.as_deref()),
        (Some("origin/main"), Some("HEAD"))
    );
    assert_eq!(plan.units[0].title, "Password login");
    assert_eq!(lane.test_files[0].pattern.text(), "tests/auth.test.ts");
    assert_eq!(lane.risk_level, Some(RiskLevel::High));
    let contract = &lane.contract;
    assert_eq!(contract.mode, Some(ContractMode::Strict));
    assert_eq!(contract.surface[&SurfaceKind::Endpoint], ["POST /api/login"]);
    assert_eq!(contract.surface[&SurfaceKind::StatusCode], ["200", "401", "429"]);
    assert_eq!(contract.surface[&SurfaceKind::TestId], ["login-name"]);
    assert_eq!(
        (contract.coverage.for_must, contract.coverage.negative),
        (Some(2), Some(1))
    );
    assert_eq!(contract.mapping.allow_untagged, Some(false));
    let clause = &lane.clauses[1];
    assert_eq!(
        (clause.kind.as_deref(), clause.normativity),
        (Some("error"), Normativity::Should)
    );
    assert_eq!(clause.negative_cases.as_ref().map(Vec::len), Some(2));
}

#[test]
fn the_forms_in_use_are_read_with_what_the_guide_would_say() {
    let plan = plan_of("used.json");
    // What follows is compared with each backslash turned round.
    assert!(problems(&plan).contains(r"2 paths are written with `\`"));
    assert_data_eq!(
        problems(&plan),
        str![[r#"
InvalidValue used.json:7:16 /manifest/files/0/path: 2 paths are written with `/`; git writes `/`; write `/`; until then `/` is taken for it
InvalidValue used.json:8:61 /manifest/files/1/reason: `reason` is too short to be one; say in 10 characters or more why the file changes
InvalidValue used.json:17:20 /contract/criticality: `criticality` can't be `MEDIUM`; did you mean `medium`?
InvalidValue used.json:20:14 /contract/clauses/1/id: `CL-UI-Button-ghost` has not the form `CL-<TYPE>-<SEQUENCE>`; write capitals, then three digits or more: `CL-AUTH-001`; tags of another form are malformed
InvalidValue used.json:30:14 /baseRef: `baseRef` is `HEAD`, which moves with every commit: the default branch is taken instead; name the branch that the work starts from, or `--base REV`

"#]]
    );
    let lane = &plan.lanes[0];
    assert_eq!(lane.risk_level, Some(RiskLevel::Medium));
    assert_eq!(lane.clauses[0].title, "The page shows the name");
    assert_eq!(lane.clauses[1].id, "CL-UI-Button-ghost");
    assert_eq!(lane.clauses[0].negative_cases, None);
    assert_eq!(lane.contract.surface[&SurfaceKind::StatusCode], ["200", "404"]);
    assert_eq!(
        files(&plan, 0),
        ["CREATE src/page.tsx", "MODIFY src/app.tsx", "tests/page.spec.tsx"]
    );
}

#[test]
fn the_programs_own_schema_is_read() {
    let plan = plan_of("coded.json");
    assert_eq!(problems(&plan), "");
    let clause = &plan.lanes[0].clauses[0];
    assert_eq!(
        (clause.kind.as_deref(), clause.title.as_str()),
        (Some("error"), "Wrong passwords give 401")
    );
    assert_eq!(plan.lanes[0].contract.mode, Some(ContractMode::Creative));
    assert_eq!(plan.units[0].title, "Let people log in with their password");
}

#[test]
fn a_contract_alone_is_a_plan_of_clauses() {
    let whole: serde_json::Value = serde_json::from_str(&fixture("documented.json")).unwrap();
    let plan = read(&[("contract_auth.json", &whole["contract"].to_string())]);
    assert_eq!(problems(&plan), "");
    assert_eq!((plan.units.len(), plan.lanes[0].clauses.len()), (0, 2));
}

#[test]
fn every_strict_rule_is_a_problem_with_its_place() {
    assert_data_eq!(
        problems(&plan_of("faults.json")),
        str![[r#"
UnknownField faults.json:2:3 /output_id: unknown field `output_id`; did you mean `outputId`?
InvalidValue faults.json:4:17 /taskPrompt: `taskPrompt` is too short to say what is wanted; say in 10 characters or more what is wanted
UnknownField faults.json:6:3 /customField: unknown field `customField`; the fields here are `$schema`, `outputId`, `taskPrompt`, `contract`, `baseRef`, `targetRef`, `runType`, `contractRunId`, `testFileContent`, `dangerMode`, `dangerModeJustification`, `projectPath`, `testFilePath`, `manifest`
InvalidValue faults.json:9:38 /manifest/files/0/action: `action` can't be `modify`; did you mean `MODIFY`?
MissingField faults.json:10:7 /manifest/files/1/action: `files[1]` has no `action`
InvalidValue faults.json:10:16 /manifest/files/1/path: `src/**` is a pattern; a manifest names each file by its own path
InvalidValue faults.json:11:16 /manifest/files/2/path: `other files` names no file; name each file by its path
InvalidValue faults.json:12:16 /manifest/files/3/path: `.env.local` can do harm, and `dangerMode` is not set; write `"dangerMode": true` if it is meant
InvalidValue faults.json:13:16 /manifest/files/4/path: `/etc/passwd`: the path is absolute; name it from the top of the repository
InvalidValue faults.json:14:7 /manifest/files/5: `files[5]` is a string; it has to be an object with `path` and `action`
InvalidValue faults.json:16:17 /manifest/testFile: `/home/ann/app/tests/auth.test.ts`: the path is absolute; name it from the top of the repository
InvalidValue faults.json:18:14 /runType: `runType` can't be `DRY`; write one of `CONTRACT`, `EXECUTION`
InvalidValue faults.json:19:17 /dangerMode: `dangerMode` is a string; it has to be true or false
UnknownField faults.json:21:5 /contract/schemaVer: unknown field `schemaVer`; did you mean `schemaVersion`?
InvalidValue faults.json:22:13 /contract/slug: `slug` can't be `Auth Login`; write lower-case words with hyphens, such as `user-authentication`
InvalidValue faults.json:24:13 /contract/mode: `mode` can't be `strict`; did you mean `STRICT`?
InvalidValue faults.json:25:19 /contract/changeType: `changeType` can't be `NEW`; did you mean `new`?
UnknownField faults.json:26:5 /contract/priority: unknown field `priority`; the fields here are `clauses`, `schemaVersion`, `slug`, `title`, `changeType`, `targetArtifacts`, `criticality`, `mode`, `scope`, `owners`, `createdAt`, `elicitorVersion`, `inputsHash`, `version`, `metadata`, `assertionSurface`, `testMapping`, `expectedCoverage`
InvalidValue faults.json:27:24 /contract/targetArtifacts: `targetArtifacts` is empty; name at least one file
InvalidValue faults.json:29:14 /contract/clauses/0/id: `CL-auth-1` has not the form `CL-<TYPE>-<SEQUENCE>`; write capitals, then three digits or more: `CL-AUTH-001`; tags of another form are malformed
InvalidValue faults.json:29:35 /contract/clauses/0/kind: `kind` can't be `Behavior`; did you mean `behavior`?
InvalidValue faults.json:29:62 /contract/clauses/0/normativity: `normativity` can't be `must`; did you mean `MUST`?
InvalidValue faults.json:29:112 /contract/clauses/0/observables: `observables` is empty; say where the clause can be observed
MissingField faults.json:30:7 /contract/clauses/1/kind: `clauses[1]` has no `kind`
MissingField faults.json:30:7 /contract/clauses/1/normativity: `clauses[1]` has no `normativity`
MissingField faults.json:30:7 /contract/clauses/1/spec: `clauses[1]` has no `spec`
MissingField faults.json:30:7 /contract/clauses/1/observables: `clauses[1]` has no `observables`
InvalidValue faults.json:31:14 /contract/clauses/2/id: another clause is called `CL-AUTH-001` already; give each its own id
InvalidValue faults.json:31:112 /contract/clauses/2/observables/0: `observables[0]` can't be `HTTP`; did you mean `http`?
InvalidValue faults.json:31:120 /contract/clauses/2/observables/1: `observables[1]` can't be `screen`; write one of `http`, `ui`, `db-effect`, `event`, `file`, `log`
MissingField faults.json:32:7 /contract/clauses/3/id: `clauses[3]` has no `id`
InvalidValue faults.json:34:51 /contract/assertionSurface/http/statusCodes/0: `statusCodes[0]` is 99; write a whole number, 100 or more
InvalidValue faults.json:34:60 /contract/assertionSurface/http/statusCodes/2: `statusCodes[2]` is 600; write a status of HTTP, 100 to 599
UnknownField faults.json:34:67 /contract/assertionSurface/fax: unknown field `fax`; the fields here are `http`, `errors`, `errorCodes`, `payloadPaths`, `ui`, `effects`
InvalidValue faults.json:35:31 /contract/testMapping/format: `format` can't be `tags`; write one of `comment_tags`, `bracket_tags`
InvalidValue faults.json:35:53 /contract/testMapping/tagPattern: `tagPattern` is `# covers`, which is not followed; tags are comments `// @clause CL-<TYPE>-<SEQUENCE>`
InvalidValue faults.json:36:47 /contract/expectedCoverage/minTestsPerClause: `minTestsPerClause` is -1; write a whole number, 0 or more

"#]]
    );
    let plan = plan_of("faults.json");
    assert_eq!(plan.lanes[0].clauses.len(), 3);
    assert_eq!(
        files(&plan, 0),
        ["MODIFY src/a.ts", "src/**", "CREATE .env.local", "src/b.ts"]
    );
}

#[test]
fn a_manifest_that_is_none_and_a_cut_plan_are_read_as_far_as_they_go() {
    let plan = read(&[(
        "plan.json",
        r#"{"outputId": "a", "taskPrompt": "Do the thing", "manifest": []}"#,
    )]);
    assert_data_eq!(
        problems(&plan),
        str![[r#"
InvalidValue plan.json:1:61 /manifest: `manifest` is a list; it has to be an object

"#]]
    );
    let text = fixture("documented.json");
    let plan = read(&[("plan.json", &text[..text.len() / 2])]);
    assert!(!plan.problems.is_empty() && !plan.units.is_empty());
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_plan() {
    assert_eq!(
        problems(&read(&[(
            "plan.json",
            &format!("\u{feff}{}", fixture("documented.json"))
        )])),
        ""
    );
}

#[test]
fn too_large_contracts_are_told() {
    let clause = |number: usize| {
        format!(r#"{{"id": "CL-A-{number:03}", "kind": "ui", "normativity": "MAY", "when": "x", "then": "y"}}"#)
    };
    let told = |count: usize| {
        let clauses: Vec<String> = (0..count).map(clause).collect();
        let text = format!(
            r#"{{"schemaVersion": "1.0", "slug": "a", "title": "A", "mode": "STRICT", "changeType": "new", "clauses": [{}]}}"#,
            clauses.join(",")
        );
        problems(&read(&[("contract.json", &text)]))
    };
    assert_eq!(told(50), "");
    assert!(told(51).contains("has 51 clauses"), "{}", told(51));
    assert!(told(101).contains("write 100 at most"), "{}", told(101));
}

#[test]
fn microplans_are_units() {
    let plan = plan_of("microplans.json");
    assert_eq!(problems(&plan), "");
    assert_eq!(plan.sources[0].format, "microplans");
    assert_eq!(plan.units[1].id, "MP-2");
    assert_eq!(plan.units[1].depends_on[0].value, "MP-1");
    assert_eq!(plan.units[1].verify.as_deref(), Some("npm test -- login"));
    assert_eq!(files(&plan, 1), ["MODIFY src/login.ts", "DELETE src/old.ts"]);
    assert!(plan.units[1].body.contains("password"));
    assert_eq!(plan.lanes[0].goal.as_ref().unwrap().value, "Let people log in");
}

#[test]
fn microplans_with_titles_and_scopes_are_units_too() {
    let plan = plan_of("microplans_titled.json");
    assert_eq!(problems(&plan), "");
    assert_eq!(
        (plan.units[0].id.as_str(), plan.units[0].title.as_str()),
        ("mp-1", "Visual fixes")
    );
    assert_eq!(files(&plan, 0), ["src/header.tsx", "src/page.tsx"]);
    assert!(plan.units[0].body.contains("Remove the badge"));
}

#[test]
fn what_is_wrong_with_microplans_is_told() {
    let text = r#"{"task": "Let people log in", "microplans": [
        {"id": "MP-1", "goal": "x", "depends_on": ["MP-9"], "files": [{"path": "a", "action": "edit"}, {"action": "EDIT"}]},
        {"goal": "y", "files": [], "prioritee": 1}
    ]}"#;
    assert_data_eq!(
        problems(&read(&[("microplans.json", text)])),
        str![[r#"
InvalidValue microplans.json:2:52 /microplans/0/depends_on/0: `MP-9` names no microplan; did you mean `MP-1`?
InvalidValue microplans.json:2:95 /microplans/0/files/0/action: `action` can't be `edit`; did you mean `EDIT`?
MissingField microplans.json:2:104 /microplans/0/files/1/path: `files[1]` has no `path`
MissingField microplans.json:3:9 /microplans/1/id: `microplans[1]` has no `id`
UnknownField microplans.json:3:36 /microplans/1/prioritee: unknown field `prioritee`; the fields here are `id`, `goal`, `title`, `files`, `filesInScope`, `depends_on`, `verify`, `description`, `tasks`, `testStrategy`, `estimatedComplexity`, `estimatedTime`, `risks`

"#]]
    );
}

#[test]
fn other_plans_are_not_taken_for_these() {
    for text in [
        r#"{"format_version": "1.2", "terraform_version": "1.9", "planned_values": {}}"#,
        r#"{"manifest": {"files": []}}"#,
        r#"{"clauses": [{"title": "x"}]}"#,
        r#"{"microplans": []}"#,
    ] {
        assert_eq!(read(&[("plan.json", text)]).sources[0].format, "", "{text}");
    }
}
