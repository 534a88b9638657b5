//! `test_contract.json`: what was promised to be tested, how it is run, and under which gates.

use super::contract;
use super::cursor::{Node, Object};
use super::native::{self, Draft};
use super::problems::Problems;
use super::{Format, Text};
use crate::model::{Gates, PlannedTest, Suite};

/// The format.
pub static FORMAT: Format = Format {
    name: "test_contract",
    what: "a test contract (`\"schema\": \"drift/test_contract/1\"`, or `suites` with `command`)",
    detects,
    read: |text| native::read_alone(text, &FORMAT),
};

/// The dialects of test results that drift reads, in the order of `results::DIALECTS`.
const DIALECTS: &[(&str, &str)] = &[
    ("junit", "junit"),
    ("libtest", "libtest"),
    ("libtest-json", "libtest-json"),
    ("go", "go"),
    ("tap", "tap"),
    ("ctrf", "ctrf"),
    ("trx", "trx"),
    ("rspec", "rspec"),
];

fn detects(text: &Text) -> bool {
    text.shape().is_some_and(|shape| {
        shape.is_artifact("test_contract", |shape| {
            let suites = shape.lists_objects_with_several("suites", 2, &["id", "command"]);
            let tests = shape.lists_objects_with("tests", &["suite", "clauses"])
                && shape.lists_objects_with_several("tests", 2, &["id", "name", "required"]);
            suites || tests
        })
    })
}

pub(super) fn read(object: &mut Object<'_>, draft: &mut Draft, problems: &mut Problems) {
    if draft.lane.location.span.is_none() {
        draft.lane.location = native::start(object);
    }
    let suites = native::list(object, "suites", problems, suite);
    let references = &mut draft.references;
    let tests = native::list(object, "tests", problems, |node, problems| {
        let mut object = node.object(problems)?;
        let suite = object.field("suite").and_then(|node| node.located_text(problems));
        let clauses = native::texts(&mut object, "clauses", problems);
        references.suites.extend(suite.iter().cloned());
        references.clauses.extend(clauses.iter().cloned());
        let suite = suite.map(|it| it.value);
        let test = test(&mut object, suite, native::values(clauses), problems);
        object.finish(problems);
        test
    });
    native::report_repeated(
        suites.iter().map(|it| (it.id.as_str(), &it.location)),
        "suite",
        problems,
    );
    native::report_repeated(tests.iter().map(|it| (it.id.as_str(), &it.location)), "test", problems);
    let lane = &mut draft.lane;
    lane.suites = suites;
    lane.tests = tests;
    lane.gates = gates(object, problems);
    contract::read(object, lane, problems);
}

fn suite(node: Node<'_>, problems: &mut Problems) -> Option<Suite> {
    let mut object = node.object(problems)?;
    let (id, location) = native::id(&mut object, problems);
    let command = object.required("command").map(|node| argv(&node, problems));
    let report = object.field("report").and_then(|node| {
        let pattern = node.pattern(problems)?;
        Some(pattern.to_text())
    });
    let format = object.field("format").and_then(|node| node.choice(DIALECTS, problems));
    let timeout = object.field("timeout").and_then(|node| node.whole_number(1, problems));
    object.finish(problems);
    Some(Suite {
        id: id?,
        command: command.unwrap_or_default(),
        report,
        format: format.map(ToOwned::to_owned),
        timeout,
        location,
    })
}

/// A program and its arguments. A single text is not split: drift runs no shell.
fn argv(node: &Node<'_>, problems: &mut Problems) -> Vec<String> {
    if node.is_text() {
        let help = "write the program and its arguments as a list, such as [\"cargo\", \"test\"]; no shell is involved";
        problems.invalid(&node.location, "`command` is a string; it has to be a list", help);
        return Vec::new();
    }
    let Some(items) = node.list(problems) else {
        return Vec::new();
    };
    let Some((program, arguments)) = items.split_first() else {
        problems.invalid(
            &node.location,
            "`command` is empty",
            "name the program first, then its arguments",
        );
        return Vec::new();
    };
    let program = program.text(problems);
    let arguments = arguments.iter().filter_map(|argument| argument.any_text(problems));
    program.into_iter().chain(arguments).collect()
}

fn test(
    object: &mut Object<'_>,
    suite: Option<String>,
    clauses: Vec<String>,
    problems: &mut Problems,
) -> Option<PlannedTest> {
    let (id, location) = native::id(object, problems);
    let name = object.required("name").and_then(|node| node.text(problems));
    let required = object.field("required").and_then(|node| node.boolean(problems));
    let id = id?;
    Some(PlannedTest {
        name: name.unwrap_or_else(|| id.clone()),
        id,
        suite,
        required: required.unwrap_or(true),
        clauses,
        location,
    })
}

fn gates(object: &mut Object<'_>, problems: &mut Problems) -> Gates {
    let Some(mut gates) = object.field("gates").and_then(|node| node.object(problems)) else {
        return Gates::default();
    };
    let read = Gates {
        min_pass_rate: gates.field("minPassRate").and_then(|node| node.share(problems)),
        max_skipped: gates
            .field("maxSkipped")
            .and_then(|node| node.whole_number(0, problems)),
        max_flaky: gates.field("maxFlaky").and_then(|node| node.whole_number(0, problems)),
    };
    gates.finish(problems);
    read
}
