//! Stage execution contracts: what each part becomes, and what is said of what is missing.

use super::{problems, read};
use drift::formats::stage_template;
use drift::model::{ExpectationKind, Plan};
use snapbox::{assert_data_eq, str};
use std::time::{Duration, Instant};

pub(super) const FILLED: &str = "\
# Stage contract

**Status**: Active

## 1. Stage Name
Type Safety Hardening

## 2. Objectives
- No function of the public interface lacks types.
- The build fails where one does

## 3. Deliverables
- `src/types.ts` - the shared types
- Documentation in `docs/types/`
- A talk for the team
- Remove `src/any.ts`

## 4. Acceptance Criteria
- [x] The build is strict
- [ ] All public functions have types
- People like it

## 5. Audit & Review Steps
- `npm run typecheck`

## 6. Rollback Plan
1. Revert the merge
2. Publish again

## 7. Versioning & Traceability
- Entry in `CHANGELOG.md`, tag `types-v1`
- Commits name the stage
";

/// One line an expectation: what is expected, and where.
fn expected(plan: &Plan) -> String {
    let line = |it: &drift::model::Expectation| {
        let what = match &it.kind {
            ExpectationKind::Exists(path) => format!("exists {}", path.to_text()),
            ExpectationKind::Criterion { text, ticked } => format!("criterion {ticked} {text}"),
            ExpectationKind::ChangelogEntry { path } => {
                format!("changelog {}", path.as_ref().map_or("any".into(), |it| it.to_text()))
            }
            ExpectationKind::Tag { name } => format!("tag {name}"),
            ExpectationKind::Prose(text) => format!("prose {text}"),
            other => format!("{other:?}"),
        };
        let (start, end) = it.location.span.unwrap();
        assert!(!plan.sources[0].text[start..end].trim().is_empty());
        format!("{}: {what}\n", it.location.pointer)
    };
    plan.expectations.iter().map(line).collect()
}

#[test]
fn each_part_becomes_what_it_says() {
    let plan = read(&[("stage.md", FILLED)]);
    assert_eq!(problems(&plan), "");
    assert_eq!(plan.sources[0].format, "stage_contract");
    assert_eq!((plan.lanes.len(), plan.units.len()), (1, 0));
    let lane = &plan.lanes[0];
    assert_eq!(lane.name, "Type Safety Hardening");
    assert_eq!(
        lane.goal.as_ref().unwrap().value,
        "No function of the public interface lacks types; The build fails where one does"
    );
    let declared: Vec<_> = lane
        .allowed
        .iter()
        .map(|it| format!("{} {:?}", it.pattern.to_text(), it.action))
        .collect();
    assert_eq!(
        declared,
        ["src/types.ts None", "docs/types/ None", "src/any.ts Some(Delete)"]
    );
    assert_eq!(lane.rollback.as_ref().unwrap().value, "Revert the merge; Publish again");
    assert_eq!(lane.verify, ["`npm run typecheck`"]);
    assert_data_eq!(
        expected(&plan),
        str![[r#"
deliverables: exists src/types.ts
deliverables: exists docs/types/
deliverables: prose A talk for the team
acceptance criteria: criterion true The build is strict
acceptance criteria: criterion false All public functions have types
acceptance criteria: prose People like it
versioning: changelog CHANGELOG.md
versioning: tag types-v1
versioning: prose Commits name the stage

"#]]
    );
}

#[test]
fn several_contracts_of_one_text_are_lanes_unless_they_are_planned() {
    let second = FILLED
        .replace("Type Safety Hardening", "Sandbox")
        .replace("# Stage contract", "# Stage two");
    let third = FILLED
        .replace("Type Safety", "Later")
        .replace("Status**: Active", "Status**: Planned");
    let plan = read(&[("stages.md", &format!("{FILLED}\n{second}\n{third}"))]);
    assert_eq!(problems(&plan), "");
    let names: Vec<_> = plan.lanes.iter().map(|lane| lane.name.as_str()).collect();
    assert_eq!(names, ["Type Safety Hardening", "Sandbox"]);
    assert_eq!(plan.expectations.len(), 18);
}

#[test]
fn entries_under_active_contracts_are_read_and_the_template_beside_them_is_not() {
    let text = "\
# Phase 5

## Stage Contract Template

### 1. Stage Name
- Example: \"Type Safety Hardening\"

### 2. Objectives
- Clear, measurable goals for this stage.

### 3. Deliverables
- List of code changes, documentation, tests, and artifacts required.

### 4. Acceptance Criteria
- Explicit, testable criteria for completion.

---

## Active Stage Contracts

### Planning (Current)
**Document**: `PLANNING.md`
**Status**: Active
**Objectives**: Say what the phase is for
**Key Deliverables**:
- The runtime's specification in `docs/runtime.md`
- Feature gating (`PHASE5_ENABLE`)

### Runtime
**Status**: Planned
**Objectives**: Build it
**Key Deliverables**:
- `src/runtime.ts`

### Future Stage Contracts (Planned)
- **Stage 3**: Agents
";
    let plan = read(&[("contract.md", text)]);
    assert_eq!(problems(&plan), "");
    assert_eq!(plan.lanes.len(), 1);
    let lane = &plan.lanes[0];
    assert_eq!(
        (lane.name.as_str(), lane.references.as_slice()),
        ("Planning", &["PLANNING.md".to_owned()][..])
    );
    assert!(lane.rollback.is_none(), "an entry only sums up");
    assert_data_eq!(
        expected(&plan),
        str![[r#"
deliverables: exists docs/runtime.md
deliverables: prose Feature gating (`PHASE5_ENABLE`)

"#]]
    );
}

#[test]
fn what_the_template_says_is_not_said() {
    let plan = read(&[("stage.md", &stage_template("Types"))]);
    assert_eq!(plan.lanes[0].name, "Types");
    assert_eq!(plan.lanes[0].rollback.as_ref().unwrap().value, "");
    assert_eq!(plan.expectations.len(), 0);
    assert_data_eq!(
        problems(&plan),
        str![[r#"
MissingField stage.md:9:1 Objectives: `Objectives` of the stage `Types` says nothing yet; write it below this heading; what the template says there counts as nothing
MissingField stage.md:13:1 Deliverables: `Deliverables` of the stage `Types` says nothing yet; write it below this heading; what the template says there counts as nothing
MissingField stage.md:17:1 Acceptance Criteria: `Acceptance Criteria` of the stage `Types` says nothing yet; write it below this heading; what the template says there counts as nothing
MissingField stage.md:21:1 Audit & Review Steps: `Audit & Review Steps` of the stage `Types` says nothing yet; write it below this heading; what the template says there counts as nothing
MissingField stage.md:31:1 Versioning & Traceability: `Versioning & Traceability` of the stage `Types` says nothing yet; write it below this heading; what the template says there counts as nothing

"#]]
    );
}

#[test]
fn missing_parts_unknown_status_and_no_active_stage_are_problems() {
    let cut = FILLED.split("## 5.").next().unwrap().replace("Active", "Waiting");
    assert_data_eq!(
        problems(&read(&[("stage.md", &cut)])),
        str![[r#"
MissingField stage.md:1:1 Audit & Review Steps: `Audit & Review Steps` of the stage `Type Safety Hardening` is missing; write it under a heading `Audit & Review Steps`
MissingField stage.md:1:1 Versioning & Traceability: `Versioning & Traceability` of the stage `Type Safety Hardening` is missing; write it under a heading `Versioning & Traceability`
InvalidValue stage.md:3:1 status: `Waiting` is no status of a stage; write Active, Planned or Completed; until then it counts as active

"#]]
    );
    assert_data_eq!(
        problems(&read(&[("stage.md", &FILLED.replace("Active", "Planned"))])),
        str![[r#"
MissingField stage.md : no stage in it is active: Type Safety Hardening is not; write `**Status**: Active` where the work goes on

"#]]
    );
}

#[test]
fn ticking_a_box_changes_no_hash_and_a_wider_scope_does() {
    let hash = |text: &str| read(&[("stage.md", text)]).sources[0].hash.clone();
    assert_eq!(hash(FILLED), hash(&FILLED.replace("- [ ] All", "- [x] All")));
    assert_eq!(hash(FILLED), hash(&FILLED.replace('\n', "\r\n")));
    assert_ne!(hash(FILLED), hash(&FILLED.replace("`docs/types/`", "`docs/`")));
}

#[test]
fn ten_thousand_lines_are_read_soon() {
    let start = Instant::now();
    let text = FILLED.repeat(320);
    let plan = read(&[("stages.md", &text)]);
    assert!(text.lines().count() > 10_000);
    assert_eq!(plan.lanes.len(), 320);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn any_cut_of_a_contract_is_read() {
    for end in (0..FILLED.len()).filter(|&end| FILLED.is_char_boundary(end)) {
        let plan = read(&[("stage.md", &FILLED[..end])]);
        problems(&plan);
        expected(&plan);
    }
}
