//! A lane of any plan → native artifacts: `drift new --from PLAN.md`.

use super::wire::{
    ClauseKind, ClauseNormativity, ClauseObject, CommitPlanFile, ContractObject, FileAction, FileEntry, FileObject,
    GatesObject, IntentFile, LimitsObject, ResultDialect, RiskLevel, SuiteObject, TestContractFile, TestObject,
    UnitObject,
};
use crate::model::{Action, Clause, Declaration, Lane, Located, Normativity, Plan, PlannedTest, Suite, Unit};
use crate::model::{Limits, RiskLevel as Risk};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The longest slug.
const MAX_SLUG: usize = 64;

/// The texts of the native artifacts of one lane.
#[derive(Clone, Debug)]
pub struct NativeFiles {
    /// `intent.json`.
    pub intent: String,
    /// `commit_plan.json`.
    pub commit_plan: String,
    /// `test_contract.json`.
    pub test_contract: String,
}

/// Writes the lane `lane` of a plan as native artifacts; `None` if the plan has no such lane.
///
/// What native artifacts have no place for (expectations, commands to verify, a unit's body) is left out. A goal that
/// is missing or too short is written as it is, so that reading the artifacts says so.
pub fn write_native(plan: &Plan, lane: usize) -> Option<NativeFiles> {
    let it = plan.lanes.get(lane)?;
    let units = plan.units.iter().filter(|unit| unit.lane == lane);
    Some(NativeFiles {
        intent: text_of(&intent(it))?,
        commit_plan: text_of(&CommitPlanFile {
            json_schema: schema_path("commit_plan"),
            schema: "drift/commit_plan/1".into(),
            units: units.map(unit).collect(),
        })?,
        test_contract: text_of(&test_contract(it))?,
    })
}

fn text_of(artifact: &impl Serialize) -> Option<String> {
    Some(serde_json::to_string_pretty(artifact).ok()? + "\n")
}

/// Where the schema lies for an artifact in `.drift/runs/<handle>/`.
fn schema_path(name: &str) -> Option<String> {
    Some(format!("../../schema/{name}.schema.json"))
}

fn intent(lane: &Lane) -> IntentFile {
    IntentFile {
        json_schema: schema_path("intent"),
        schema: "drift/intent/1".into(),
        slug: slug_of(&lane.name),
        goal: lane.goal.as_ref().map(|goal| goal.value.clone()).unwrap_or_default(),
        constraints: lane.constraints.clone(),
        allowed_files: patterns(&lane.allowed),
        forbidden_files: patterns(&lane.forbidden),
        risk_level: lane.risk_level.map(|level| match level {
            Risk::Low => RiskLevel::Low,
            Risk::Medium => RiskLevel::Medium,
            Risk::High => RiskLevel::High,
            Risk::Critical => RiskLevel::Critical,
        }),
        limits: limits(&lane.limits),
        danger_mode: lane.danger_mode,
        base_ref: lane.base_ref.clone(),
        target_ref: lane.target_ref.clone(),
        references: lane.references.clone(),
    }
}

fn patterns(declarations: &[Declaration]) -> Vec<String> {
    declarations.iter().map(|it| it.pattern.to_text()).collect()
}

fn limits(limits: &Limits) -> Option<LimitsObject> {
    let value = |limit: &Option<Located<u64>>| limit.as_ref().map(|it| it.value);
    (*limits != Limits::default()).then(|| LimitsObject {
        files: value(&limits.files),
        lines: value(&limits.lines),
        commits: value(&limits.commits),
    })
}

fn unit(unit: &Unit) -> UnitObject {
    let id = word_of(&unit.id);
    UnitObject {
        title: Some(unit.title.clone())
            .filter(|title| !title.trim().is_empty())
            .unwrap_or_else(|| format!("Unit {id}")),
        id,
        commit_type: unit.commit_type.clone(),
        scope: unit.scope.clone(),
        files: unit.files.iter().map(file).collect(),
        depends_on: unit.depends_on.iter().map(|it| word_of(&it.value)).collect(),
        tests: unit.tests.clone(),
        clauses: unit.clauses.clone(),
    }
}

fn file(declaration: &Declaration) -> FileEntry {
    let path = declaration.pattern.to_text();
    if declaration.action.is_none() && declaration.reason.is_none() {
        return FileEntry::Pattern(path);
    }
    let action = declaration.action.map(|action| match action {
        Action::Create => FileAction::Create,
        Action::Modify => FileAction::Modify,
        Action::Delete => FileAction::Delete,
        Action::Rename => FileAction::Rename,
    });
    let reason = declaration.reason.clone();
    FileEntry::Object(FileObject { path, action, reason })
}

fn test_contract(lane: &Lane) -> TestContractFile {
    let gates = &lane.gates;
    let bounded = gates.min_pass_rate.is_some() || gates.max_skipped.is_some() || gates.max_flaky.is_some();
    TestContractFile {
        json_schema: schema_path("test_contract"),
        schema: "drift/test_contract/1".into(),
        suites: lane.suites.iter().map(suite).collect(),
        tests: lane.tests.iter().map(test).collect(),
        gates: bounded.then_some(GatesObject {
            min_pass_rate: gates.min_pass_rate,
            max_skipped: gates.max_skipped,
            max_flaky: gates.max_flaky,
        }),
        contract: (!lane.clauses.is_empty()).then(|| ContractObject {
            clauses: lane.clauses.iter().map(clause).collect(),
        }),
    }
}

fn suite(suite: &Suite) -> SuiteObject {
    SuiteObject {
        id: word_of(&suite.id),
        command: suite.command.clone(),
        report: suite.report.clone(),
        format: suite.format.as_deref().and_then(by_name::<ResultDialect>),
        timeout: suite.timeout,
    }
}

fn test(test: &PlannedTest) -> TestObject {
    TestObject {
        id: word_of(&test.id),
        suite: test.suite.as_deref().map(word_of),
        name: test.name.clone(),
        required: test.required,
        clauses: test.clauses.clone(),
    }
}

fn clause(clause: &Clause) -> ClauseObject {
    ClauseObject {
        id: word_of(&clause.id),
        title: clause.title.clone(),
        kind: clause.kind.as_deref().and_then(by_name::<ClauseKind>),
        normativity: Some(match clause.normativity {
            Normativity::Must => ClauseNormativity::Must,
            Normativity::Should => ClauseNormativity::Should,
            Normativity::May => ClauseNormativity::May,
        }),
    }
}

/// The value that is written so, if there is one.
fn by_name<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(name.into()).ok()
}

/// The text as one word.
fn word_of(text: &str) -> String {
    let parts: Vec<_> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    parts.join("-")
}

/// The text as lower-case words and digits with single hyphens between them.
fn slug_of(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    slug.truncate(MAX_SLUG);
    match slug.trim_end_matches('-') {
        "" => "imported-plan".into(),
        slug => slug.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn any_name_becomes_a_slug() {
        assert_eq!(slug_of("04-01"), "04-01");
        assert_eq!(slug_of("Ärger & Co: Add  Login!"), "rger-co-add-login");
        assert_eq!(slug_of("…"), "imported-plan");
        assert_eq!(slug_of(&"abc ".repeat(40)).len(), 63);
    }
}
