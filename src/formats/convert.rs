//! Any plan → the native artifacts, and a list of what they can't say.

use super::convert_contract::contract;
use super::wire::{CommitPlanFile, FileAction, FileEntry, FileObject, UnitObject};
use crate::model::{Action, Declaration, Handle, Lane, PathPattern, Plan, PlanLocation, RiskLevel, Unit, UnitKind};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A lane of a plan as native artifacts.
#[derive(Clone, Debug)]
pub struct Converted {
    /// What the work is called, as a handle can begin.
    pub slug: String,
    /// The artifacts' file names and texts.
    pub artifacts: Vec<(&'static str, String)>,
    /// What could not be carried over, in the order of the plan.
    pub losses: Vec<Loss>,
}

/// Something that a plan says and native artifacts can't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What it is.
    pub what: String,
    /// Where the plan says it.
    pub location: PlanLocation,
}

/// The lane number `lane` of `plan`. Reading the artifacts gives the same declarations, units and dependencies.
pub fn convert(plan: &Plan, lane: usize) -> Converted {
    let mut writer = Writer {
        plan,
        lane: &plan.lanes[lane],
        ids: ids(plan, lane),
        losses: Vec::new(),
    };
    let slug = Handle::slug_of(&writer.lane.name).unwrap_or_else(|| "plan".into());
    let mut artifacts = vec![("intent.json", text(&writer.intent(&slug)))];
    artifacts.push(("commit_plan.json", text(&writer.commit_plan(lane))));
    if let Some(contract) = writer.test_contract() {
        artifacts.push(("test_contract.json", text(&contract)));
    }
    writer.lose_the_rest(lane);
    writer
        .losses
        .sort_by_key(|loss| (loss.location.source, loss.location.span));
    Converted {
        slug,
        artifacts,
        losses: writer.losses,
    }
}

fn text(artifact: &impl Serialize) -> String {
    // These shapes hold strings, numbers and lists: nothing that could fail to serialize.
    serde_json::to_string_pretty(artifact).unwrap_or_default() + "\n"
}

/// For each unit of the lane an id of one word that no other unit has.
fn ids(plan: &Plan, lane: usize) -> BTreeMap<usize, String> {
    let mut taken = BTreeSet::new();
    let own = plan.units.iter().enumerate().filter(|(_, unit)| unit.lane == lane);
    let id = |(index, unit): (usize, &Unit)| {
        let one_word = |c: char| if c.is_whitespace() || c.is_control() { '-' } else { c };
        let word: String = unit.id.trim().chars().map(one_word).collect();
        let word = if word.is_empty() {
            format!("U{}", index + 1)
        } else {
            word
        };
        let numbered = (2..).map(|number| format!("{word}-{number}"));
        let free = std::iter::once(word.clone())
            .chain(numbered)
            .find(|it| !taken.contains(it));
        let free = free.unwrap_or(word);
        taken.insert(free.clone());
        (index, free)
    };
    own.map(id).collect()
}

struct Writer<'p> {
    plan: &'p Plan,
    lane: &'p Lane,
    ids: BTreeMap<usize, String>,
    losses: Vec<Loss>,
}

impl Writer<'_> {
    fn lose(&mut self, what: impl Into<String>, location: &PlanLocation) {
        self.losses.push(Loss {
            what: what.into(),
            location: location.clone(),
        });
    }

    fn intent(&mut self, slug: &str) -> Value {
        let lane = self.lane;
        let mut fields = Map::new();
        fields.insert("schema".into(), json!("drift/intent/1"));
        fields.insert("slug".into(), json!(slug));
        fields.insert("goal".into(), json!(self.goal()));
        let mut list = |name: &str, items: Vec<String>| {
            if !items.is_empty() {
                fields.insert(name.into(), json!(items));
            }
        };
        let said = |texts: &[String]| {
            texts
                .iter()
                .filter(|it| !it.trim().is_empty())
                .cloned()
                .collect::<Vec<_>>()
        };
        list("constraints", said(&lane.constraints));
        list(
            "allowedFiles",
            lane.allowed.iter().map(|it| native(&it.pattern)).collect(),
        );
        list(
            "forbiddenFiles",
            lane.forbidden.iter().map(|it| native(&it.pattern)).collect(),
        );
        list("references", said(&lane.references));
        if let Some(risk) = lane.risk_level {
            fields.insert("riskLevel".into(), json!(RiskLevel::name(risk)));
        }
        let limits = [
            ("files", &lane.limits.files),
            ("lines", &lane.limits.lines),
            ("commits", &lane.limits.commits),
        ];
        let limits: Map<String, Value> = limits
            .into_iter()
            .filter_map(|(name, limit)| Some((name.to_owned(), json!(limit.as_ref()?.value))))
            .collect();
        if !limits.is_empty() {
            fields.insert("limits".into(), Value::Object(limits));
        }
        if lane.danger_mode {
            fields.insert("dangerMode".into(), json!(true));
        }
        for (name, revision) in [("baseRef", &lane.base_ref), ("targetRef", &lane.target_ref)] {
            if let Some(revision) = revision {
                fields.insert(name.into(), json!(revision));
            }
        }
        for declaration in lane.allowed.iter().chain(&lane.forbidden) {
            self.lose_action(declaration);
        }
        Value::Object(fields)
    }

    /// The goal, or what the template says there: a plan without one can't be approved before somebody writes it.
    fn goal(&mut self) -> String {
        let said = self.lane.goal.as_ref().map(|goal| goal.value.trim().to_owned());
        match said.filter(|goal| goal.chars().count() >= 10) {
            Some(goal) => goal,
            None => {
                self.lose(
                    "it says no goal of 10 characters or more: intent.json asks for one",
                    &self.lane.location.clone(),
                );
                "Say in one sentence what will be so when the work is done".to_owned()
            }
        }
    }

    /// A list of the work as a whole holds patterns only.
    fn lose_action(&mut self, declaration: &Declaration) {
        self.lose_crossing(declaration);
        let path = declaration.pattern.to_text();
        if let Some(action) = declaration.action {
            let what = format!("{} of `{path}`: the work's own list holds paths only", action.name());
            self.lose(what, &declaration.location);
        }
        if declaration.reason.is_some() {
            self.lose(format!("the reason for `{path}`"), &declaration.location);
        }
    }

    fn lose_crossing(&mut self, declaration: &Declaration) {
        let pattern = &declaration.pattern;
        if !is_exact(pattern) {
            let what = format!(
                "that `{}` crosses folders: `{}` is as near as it comes",
                pattern.to_text(),
                native(pattern)
            );
            self.lose(what, &declaration.location);
        }
    }

    fn commit_plan(&mut self, lane: usize) -> CommitPlanFile {
        let plan = self.plan;
        let own = plan.units.iter().enumerate().filter(|(_, unit)| unit.lane == lane);
        let units = own.map(|(index, unit)| self.unit(index, unit)).collect();
        CommitPlanFile {
            json_schema: None,
            schema: "drift/commit_plan/1".into(),
            units,
        }
    }

    fn unit(&mut self, index: usize, unit: &Unit) -> UnitObject {
        let id = self.ids.get(&index).cloned().unwrap_or_default();
        if id != unit.id {
            self.lose(format!("the id `{}`: it became `{id}`", unit.id), &unit.location);
        }
        if unit.kind == UnitKind::Check {
            self.lose(
                format!("unit {id} only looks: here a commit is expected of it"),
                &unit.location,
            );
        }
        if !unit.body.trim().is_empty() {
            self.lose(format!("the text of unit {id}"), &unit.location);
        }
        unit.files.iter().for_each(|file| self.lose_crossing(file));
        if unit.verify.is_some() {
            self.lose(format!("the check of unit {id}"), &unit.location);
        }
        let said = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let title = Some(unit.title.trim()).filter(|title| !title.is_empty());
        UnitObject {
            title: title.map_or_else(|| format!("Unit {id}"), str::to_owned),
            commit_type: said(&unit.commit_type),
            scope: said(&unit.scope),
            files: unit.files.iter().map(file).collect(),
            depends_on: self.dependencies(index, unit),
            tests: unit.tests.clone(),
            clauses: unit.clauses.clone(),
            id,
        }
    }

    /// The units of this lane that come before; those of other lanes, and names of no unit, can't be said.
    fn dependencies(&mut self, index: usize, unit: &Unit) -> Vec<String> {
        let known = &self.plan.dependencies()[index];
        let mut named = Vec::new();
        for dependency in &unit.depends_on {
            let found = known.iter().find(|(_, place)| **place == dependency.location);
            match found.and_then(|(other, _)| self.ids.get(other)) {
                Some(id) if named.contains(id) => {}
                Some(id) => named.push(id.clone()),
                None => self.losses.push(Loss {
                    what: format!(
                        "that it comes after `{}`, which is no unit of this plan",
                        dependency.value
                    ),
                    location: dependency.location.clone(),
                }),
            }
        }
        named
    }

    fn test_contract(&mut self) -> Option<Value> {
        let lane = self.lane;
        let mut fields = Map::new();
        let suites: Vec<Value> = lane.suites.iter().map(suite).collect();
        let test = |it: &crate::model::PlannedTest| {
            without_nothing(json!({
                "id": it.id, "suite": it.suite, "name": it.name, "required": it.required, "clauses": it.clauses,
            }))
        };
        let tests: Vec<Value> = lane.tests.iter().map(test).collect();
        let contract = contract(lane, &mut self.losses);
        let gates = without_nothing(json!({
            "minPassRate": lane.gates.min_pass_rate, "maxSkipped": lane.gates.max_skipped, "maxFlaky": lane.gates.max_flaky,
        }));
        let says_nothing = gates.as_object().is_none_or(Map::is_empty);
        if suites.is_empty() && tests.is_empty() && contract.is_none() && says_nothing {
            return None;
        }
        fields.insert("schema".into(), json!("drift/test_contract/1"));
        fields.insert("suites".into(), json!(suites));
        fields.insert("tests".into(), json!(tests));
        if !says_nothing {
            fields.insert("gates".into(), gates);
        }
        if let Some(contract) = contract {
            fields.insert("contract".into(), contract);
        }
        Some(Value::Object(fields))
    }

    /// What no artifact has a place for.
    fn lose_the_rest(&mut self, lane: usize) {
        let whole = self.lane.location.clone();
        let it = self.lane;
        for expectation in &self.plan.expectations {
            if self.is_of_lane(lane, &expectation.location) {
                let what = match expectation.kind.path() {
                    Some(path) => format!("what is expected of `{}` at the target", path.to_text()),
                    None => "an expectation of the target".to_owned(),
                };
                self.lose(what, &expectation.location);
            }
        }
        if let Some(rollback) = it.rollback.as_ref().filter(|it| !it.value.is_empty()) {
            self.lose("the rollback plan", &rollback.location);
        }
        for (holds, what) in [
            (!it.verify.is_empty(), "the commands that verify it"),
            (
                !it.bookkeeping.is_empty(),
                "the planning system's own files, which may change undeclared: list them under `bookkeeping` in \
                                          .drift/config.yaml",
            ),
            (
                it.commit_scope.is_some(),
                "the id that the subjects of its commits carry",
            ),
            (it.concurrent_units, "that its units are worked on at the same time"),
        ] {
            if holds {
                self.lose(what, &whole);
            }
        }
        for problem in &self.plan.problems {
            if let crate::model::Location::Plan(place) = &problem.location {
                self.lose(format!("what could not be read: {}", problem.message), place);
            }
        }
    }

    /// Whether a place lies in the lane: in its source, and before the next lane of that source begins.
    fn is_of_lane(&self, lane: usize, place: &PlanLocation) -> bool {
        let at = |place: &PlanLocation| (place.source, place.span.map_or(0, |(start, _)| start));
        let begins = |index: usize| at(&self.plan.lanes[index].location);
        let next = (lane + 1..self.plan.lanes.len())
            .map(begins)
            .find(|it| it.0 == begins(lane).0);
        let first = (0..lane).all(|index| begins(index).0 != begins(lane).0);
        place.source == begins(lane).0
            && (first || at(place) >= begins(lane))
            && next.is_none_or(|next| at(place) < next)
    }
}

fn suite(it: &crate::model::Suite) -> Value {
    without_nothing(json!({
        "id": it.id, "command": it.command, "report": it.report, "format": it.format, "timeout": it.timeout,
    }))
}

/// The pattern as native plans write it. A star that crosses folders becomes `**`, as near as that comes.
fn native(pattern: &PathPattern) -> String {
    let text = pattern.to_text();
    if !pattern.crosses_folders() {
        return text;
    }
    let folder = |part: &str| if part == "*" { "**".to_owned() } else { part.to_owned() };
    let mut parts: Vec<String> = text.split('/').map(folder).collect();
    if let Some(last) = parts.last_mut().filter(|last| last.starts_with('*') && *last != "**") {
        *last = format!("**/{last}");
    }
    parts.join("/")
}

/// Whether [`native`] says exactly the same: only the last part has a star, and it begins with it.
fn is_exact(pattern: &PathPattern) -> bool {
    let text = pattern.to_text();
    let (folders, last) = text.rsplit_once('/').unwrap_or(("", &text));
    let plain = |part: &str| !part.contains(['*', '?', '[']);
    !pattern.crosses_folders() || plain(folders) && (plain(last) || plain(last.trim_start_matches('*')))
}

/// The object without the fields that say nothing.
pub(super) fn without_nothing(mut object: Value) -> Value {
    if let Some(fields) = object.as_object_mut() {
        fields.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty()));
    }
    object
}

fn file(declaration: &Declaration) -> FileEntry {
    let path = native(&declaration.pattern);
    let reason = declaration.reason.clone().filter(|reason| !reason.trim().is_empty());
    if declaration.action.is_none() && reason.is_none() {
        return FileEntry::Pattern(path);
    }
    let action = declaration.action.map(|action| match action {
        Action::Create => FileAction::Create,
        Action::Modify => FileAction::Modify,
        Action::Delete => FileAction::Delete,
        Action::Rename => FileAction::Rename,
    });
    FileEntry::Object(FileObject { path, action, reason })
}

#[cfg(test)]
mod tests {
    use super::{is_exact, native};
    use crate::model::PathPattern;

    #[test]
    fn a_star_that_crosses_folders_becomes_two() {
        let of = |text: &str| PathPattern::parse_crossing(text).unwrap();
        for (crossing, written, exact) in [
            ("src/home/*", "src/home/**", true),
            ("src/*.py", "src/**/*.py", true),
            ("src/a.py", "src/a.py", true),
            ("src/home/**", "src/home/**", true),
            ("src/*/a.py", "src/**/a.py", false),
            ("src/a*.py", "src/a*.py", false),
        ] {
            assert_eq!(
                (native(&of(crossing)).as_str(), is_exact(&of(crossing))),
                (written, exact),
                "{crossing}"
            );
        }
        assert_eq!(native(&PathPattern::parse("src/*").unwrap()), "src/*");
    }
}
