//! The native artifacts of one folder → one lane: the intent gives goal and scope, the commit plan the units, the test
//! contract the suites and tests. Names that refer from one to the other are checked here, where all are known.

use super::cursor::{Node, Object};
use super::problems::Problems;
use super::{Format, Text, commit_plan, intent, json, spec_kitty, test_contract};
use crate::model::{Lane, Located, Plan, PlanLocation, Unit};
use std::collections::BTreeSet;

/// A text and the format that it has.
pub(super) type Recognised<'t> = (&'t Text, Option<&'static Format>);

/// How one artifact adds to the lane.
type ReadArtifact = fn(&mut Object<'_>, &mut Draft, &mut Problems);

/// The native artifacts, by the name of their format.
static ARTIFACTS: &[(&str, ReadArtifact)] = &[
    (intent::FORMAT.name, intent::read),
    (commit_plan::FORMAT.name, commit_plan::read),
    (test_contract::FORMAT.name, test_contract::read),
];

/// A lane in the making.
#[derive(Default)]
pub(super) struct Draft {
    /// The lane.
    pub(super) lane: Lane,
    /// Its units.
    pub(super) units: Vec<Unit>,
    /// Names that should be those of units, suites, tests and clauses.
    pub(super) references: References,
}

/// Names that refer to something, each with its place.
#[derive(Default)]
pub(super) struct References {
    /// To units.
    pub(super) units: Vec<Located<String>>,
    /// To suites.
    pub(super) suites: Vec<Located<String>>,
    /// To tests.
    pub(super) tests: Vec<Located<String>>,
    /// To clauses.
    pub(super) clauses: Vec<Located<String>>,
}

/// Whether texts of this format join the lane of their folder.
pub(super) fn is_artifact(format: &Format) -> bool {
    ARTIFACTS.iter().any(|(name, _)| *name == format.name)
}

/// Groups the texts that are read together: the artifacts of one folder, one of each format; the documents of one
/// mission; every other text alone.
pub(super) fn group(texts: &[Text], recognise: fn(&Text) -> Option<&'static Format>) -> Vec<Vec<Recognised<'_>>> {
    let mut groups: Vec<Vec<Recognised<'_>>> = Vec::new();
    for text in texts {
        let format = recognise(text);
        match groups.iter_mut().find(|group| joins(group, text, format)) {
            Some(group) => group.push((text, format)),
            None => groups.push(vec![(text, format)]),
        }
    }
    groups
}

fn joins(group: &[Recognised<'_>], text: &Text, format: Option<&'static Format>) -> bool {
    if spec_kitty::joins(group, text, format) {
        return true;
    }
    let Some(format) = format.filter(|format| is_artifact(format)) else {
        return false;
    };
    group.iter().all(|(other, theirs)| {
        let fits = theirs.is_some_and(|theirs| is_artifact(theirs) && theirs.name != format.name);
        fits && other.folder() == text.folder()
    })
}

/// Reads artifacts as one lane.
pub(super) fn read_lane(artifacts: &[Recognised<'_>]) -> Plan {
    let mut plan = Plan::default();
    let mut draft = Draft::default();
    let mut problems = Vec::new();
    for (text, format) in artifacts {
        let Some((name, read)) = format.and_then(|format| ARTIFACTS.iter().find(|(name, _)| *name == format.name))
        else {
            continue;
        };
        let mut own = Problems::new(plan.sources.len());
        read_artifact(name, *read, text, &mut draft, &mut own);
        problems.push(own);
        plan.sources.push(text.source(name, true));
    }
    draft.check_references(&mut problems);
    if draft.lane.name.is_empty() {
        draft.lane.name = artifacts
            .first()
            .map_or_else(String::new, |(text, _)| name_from_place(text));
    }
    plan.lanes = vec![draft.lane];
    plan.units = draft.units;
    plan.problems = problems.into_iter().flat_map(Problems::into_vec).collect();
    plan
}

/// Reads one artifact as a lane.
pub(super) fn read_alone(text: &Text, format: &'static Format) -> Plan {
    read_lane(&[(text, Some(format))])
}

fn read_artifact(name: &str, read: ReadArtifact, text: &Text, draft: &mut Draft, problems: &mut Problems) {
    json::read(&text.text, problems, |root, problems| {
        let Some(mut object) = root.object(problems) else {
            return;
        };
        check_schema(&mut object, name, problems);
        read(&mut object, draft, problems);
        object.finish(problems);
    });
}

/// Checks the fields that every artifact has: `schema`, and `$schema` for editors.
fn check_schema(object: &mut Object<'_>, artifact: &str, problems: &mut Problems) {
    if let Some(node) = object.field("$schema") {
        node.any_text(problems);
    }
    let Some(node) = object.required("schema") else {
        return;
    };
    let expected = format!("drift/{artifact}/1");
    if let Some(schema) = node.text(problems).filter(|schema| *schema != expected) {
        let help = format!("this drift reads `{expected}`");
        problems.invalid(&node.location, format!("`schema` is `{schema}`"), help);
    }
}

/// A name for a lane that has no slug: its folder's, else that of its file.
pub(super) fn name_from_place(text: &Text) -> String {
    let names = |c| matches!(c, '/' | '\\' | ':');
    let file = text.name.rsplit(names).next().unwrap_or_default();
    let folder = text.folder().trim_end_matches(names).rsplit(names).next();
    let name = folder.filter(|it| !it.is_empty() && *it != ".").unwrap_or(file);
    name.trim_end_matches(".json").to_owned()
}

impl Draft {
    /// Reports the references that name nothing, where all that they could name was read.
    fn check_references(&self, problems: &mut [Problems]) {
        if problems.iter().any(|own| own.some_is_lost()) {
            return;
        }
        let lane = &self.lane;
        let units = self.units.iter().map(|unit| unit.id.as_str()).collect();
        let suites = lane.suites.iter().map(|suite| suite.id.as_str()).collect();
        let tests: BTreeSet<_> = lane.tests.iter().map(|test| test.id.as_str()).collect();
        let clauses: BTreeSet<_> = lane.clauses.iter().map(|clause| clause.id.as_str()).collect();
        report_dangling(&self.references.units, "unit", &units, problems);
        report_dangling(&self.references.suites, "suite", &suites, problems);
        if !(tests.is_empty() && suites.is_empty()) {
            report_dangling(&self.references.tests, "test of the test contract", &tests, problems);
        }
        if !clauses.is_empty() {
            report_dangling(
                &self.references.clauses,
                "clause of the test contract",
                &clauses,
                problems,
            );
        }
    }
}

fn report_dangling(references: &[Located<String>], what: &str, known: &BTreeSet<&str>, problems: &mut [Problems]) {
    for reference in references.iter().filter(|it| !known.contains(it.value.as_str())) {
        if let Some(own) = problems.get_mut(reference.location.source) {
            own.add_dangling(reference, what, known);
        }
    }
}

/// The items of an optional list, each read by `read`.
pub(super) fn list<T>(
    object: &mut Object<'_>,
    name: &'static str,
    problems: &mut Problems,
    mut read: impl FnMut(Node<'_>, &mut Problems) -> Option<T>,
) -> Vec<T> {
    let items = object.field(name).map(|node| node.items(problems)).unwrap_or_default();
    items.into_iter().filter_map(|item| read(item, problems)).collect()
}

/// The text of an optional field.
pub(super) fn text(object: &mut Object<'_>, name: &'static str, problems: &mut Problems) -> Option<String> {
    object.field(name)?.text(problems)
}

/// The texts of an optional list.
pub(super) fn texts(object: &mut Object<'_>, name: &'static str, problems: &mut Problems) -> Vec<Located<String>> {
    object.field(name).map(|node| node.texts(problems)).unwrap_or_default()
}

/// The values without their places.
pub(super) fn values(located: Vec<Located<String>>) -> Vec<String> {
    located.into_iter().map(|it| it.value).collect()
}

/// The id of a unit, suite, test or clause, and the place that stands for the whole: one word.
pub(super) fn id(object: &mut Object<'_>, problems: &mut Problems) -> (Option<String>, PlanLocation) {
    let mut place = start(object);
    let Some(node) = object.required("id") else {
        return (None, place);
    };
    place.span = node.location.span;
    let id = node.text(problems);
    if id
        .as_ref()
        .is_some_and(|id| id.chars().any(|c| c.is_whitespace() || c.is_control()))
    {
        problems.invalid(
            &node.location,
            format!("`{}` has space in it", node.label()),
            "write one word, such as `U1`",
        );
    }
    (id, place)
}

/// Reports the ids that an earlier one of the same kind has already.
pub(super) fn report_repeated<'i>(
    ids: impl Iterator<Item = (&'i str, &'i PlanLocation)>,
    what: &str,
    problems: &mut Problems,
) {
    let mut seen = BTreeSet::new();
    for (id, location) in ids {
        if !seen.insert(id) {
            problems.invalid(
                location,
                format!("another {what} is called `{id}` already"),
                "give each its own id",
            );
        }
    }
}

/// The place where an object opens.
pub(super) fn start(object: &Object<'_>) -> PlanLocation {
    let mut place = object.location.clone();
    place.span = place.span.map(|(start, _)| (start, start + 1));
    place
}
