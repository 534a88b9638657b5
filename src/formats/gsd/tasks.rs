//! Tasks in tags, one unit each.

use super::declarations::Declared;
use super::prose::{bounded, decoded, first_paragraph, folded};
use super::tags::Element;
use super::{Problems, paths, place};
use crate::model::{Lane, Located, ProblemKind, Unit, UnitKind};
use std::collections::HashSet;
use std::ops::Range;

/// The longest title and the longest body, in bytes.
const MAX_TITLE: usize = 200;
const MAX_BODY: usize = 4_000;

/// The tags whose words say what is to be done, and when it is.
const BODY_TAGS: &[&str] = &[
    "action",
    "instructions",
    "instruction",
    "description",
    "steps",
    "implementation",
    "red",
    "green",
    "refactor",
    "behavior",
    "done",
    "acceptance_criteria",
    "what-built",
    "decision",
];

/// Words that begin the title of a task that only looks.
const LOOKING: &[&str] = &[
    "analyse",
    "analyze",
    "audit",
    "benchmark",
    "check",
    "confirm",
    "enumerate",
    "final",
    "human",
    "identify",
    "inspect",
    "investigate",
    "manual",
    "measure",
    "review",
    "run",
    "smoke",
    "uat",
    "validate",
    "verify",
];

/// Words that make a task work, whatever else its title says.
const WORKING: &[&str] = &[
    "add",
    "create",
    "document",
    "fill",
    "fix",
    "generate",
    "implement",
    "install",
    "migrate",
    "record",
    "remove",
    "rename",
    "update",
    "write",
];

/// The units of the tasks among `elements`.
pub(super) fn read(text: &str, elements: &[Element<'_>], problems: &mut Problems) -> Vec<Unit> {
    let tasks = elements.iter().filter(|element| element.name == "task");
    let mut units: Vec<Unit> = tasks.map(|task| unit(text, task, problems)).collect();
    number(&mut units);
    mark_checks(&mut units);
    units
}

/// A task that only looks (`Verify …`) and whose files are all those of other tasks looks at what these make: no commit
/// of its own is expected.
fn mark_checks(units: &mut [Unit]) {
    let looks = |unit: &Unit| begins_with_a_look(&unit.title) && looks_only(&unit.title) && !tells_actions(unit);
    let working = units.iter().filter(|unit| unit.kind == UnitKind::Work && !looks(unit));
    let made: HashSet<String> = working
        .flat_map(|unit| &unit.files)
        .map(|file| file.pattern.to_text())
        .collect();
    for unit in units.iter_mut().filter(|unit| looks(unit) && !unit.files.is_empty()) {
        if unit.files.iter().all(|file| made.contains(&file.pattern.to_text())) {
            unit.kind = UnitKind::Check;
        }
    }
}

fn begins_with_a_look(title: &str) -> bool {
    let first = title.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    LOOKING.contains(&&*first.to_lowercase())
}

fn tells_actions(unit: &Unit) -> bool {
    unit.files.iter().any(|file| file.action.is_some())
}

/// Gives every unit without an id its place in the plan as its id, or the next number that no other unit has.
fn number(units: &mut [Unit]) {
    let taken: HashSet<String> = units.iter().map(|unit| unit.id.clone()).collect();
    let mut next = 1;
    for (index, unit) in units.iter_mut().enumerate().filter(|(_, unit)| unit.id.is_empty()) {
        next = next.max(index + 1);
        while taken.contains(&next.to_string()) {
            next += 1;
        }
        unit.id = next.to_string();
        next += 1;
    }
}

/// The units of a plan that begins with tests and has no tasks: one a feature, or one for all of it.
pub(super) fn of_features(text: &str, elements: &[Element<'_>], lane: &Lane, problems: &mut Problems) -> Vec<Unit> {
    let features = elements.iter().filter(|element| element.name == "feature");
    let mut units: Vec<Unit> = features.map(|feature| unit(text, feature, problems)).collect();
    number(&mut units);
    if units.is_empty() {
        let goal = lane.goal.clone();
        units.push(Unit {
            id: "1".into(),
            title: goal
                .as_ref()
                .map_or(String::new(), |goal| bounded(&goal.value, MAX_TITLE)),
            location: goal.map_or_else(|| lane.location.clone(), |goal| goal.location),
            ..Unit::default()
        });
    }
    let only = units.len() == 1;
    for unit in &mut units {
        unit.commit_type = Some("test".into());
        if only && unit.files.is_empty() {
            unit.files.clone_from(&lane.allowed);
        }
    }
    units
}

fn unit(text: &str, task: &Element<'_>, problems: &mut Problems) -> Unit {
    say_what_is_open(task, problems);
    let name = name(text, task);
    let declared = files(text, task, problems);
    let (numbered, title) = without_number(&name);
    let id = numbered.or_else(|| task.attribute("id").map(ToOwned::to_owned));
    Unit {
        id: id.unwrap_or_default(),
        kind: kind(task, title, &declared),
        title: bounded(title, MAX_TITLE),
        commit_type: tests_first(task).then(|| "test".to_owned()),
        depends_on: depends_on(task),
        body: body(text, task),
        verify: verify(text, task),
        files: declared.files,
        location: place("task", task.opening.clone()),
        ..Unit::default()
    }
}

fn say_what_is_open(task: &Element<'_>, problems: &mut Problems) {
    let all = std::iter::once(task).chain(&task.children);
    for element in all.filter(|element| !element.closed) {
        problems.add(
            ProblemKind::InvalidValue,
            format!("`<{}>` is not closed", element.name),
            &format!("close it with `</{}>` at the end of a line", element.name),
            place(element.name, element.opening.clone()),
        );
    }
}

/// What the task is called: its name or title, else how its text begins.
fn name(text: &str, task: &Element<'_>) -> String {
    let child = task
        .children_named(&["name", "title"])
        .next()
        .map(|child| &text[child.content.clone()]);
    let named = child
        .map(|words| folded(&decoded(words)))
        .filter(|words| !words.is_empty());
    let attribute = || {
        ["name", "title"]
            .into_iter()
            .find_map(|it| task.attribute(it))
            .map(folded)
    };
    let begins = || {
        let words = task
            .children_named(BODY_TAGS)
            .next()
            .map_or(task.content.clone(), |child| child.content.clone());
        first_paragraph(&text[words])
    };
    named.or_else(attribute).unwrap_or_else(begins)
}

/// The number in `Task 2: …`, and what follows it; `2. …` loses its number without giving one.
pub(super) fn without_number(name: &str) -> (Option<String>, &str) {
    let rest = ["Task", "TASK", "task"]
        .into_iter()
        .find_map(|word| name.strip_prefix(word));
    let counted = rest.and_then(|rest| number_first(rest.trim_start()));
    let (number, title) =
        match counted.or_else(|| number_first(name).filter(|(_, rest)| rest.starts_with(['.', ')', ':']))) {
            Some((number, rest)) => (
                number,
                rest.trim_start_matches(|c: char| c.is_whitespace() || ":.)—–-".contains(c)),
            ),
            None => return (None, name),
        };
    let title = if title.is_empty() { name } else { title };
    (rest.is_some().then(|| number.to_owned()), title)
}

/// The number that `text` begins with (`2`, `2a`, `2.1`), and the rest.
fn number_first(text: &str) -> Option<(&str, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(text);
    if length == 0 {
        return None;
    }
    while text[length..].starts_with('.') && digits(&text[length + 1..]) > 0 {
        length += 1 + digits(&text[length + 1..]);
    }
    if text[length..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        length += 1;
    }
    let (number, rest) = text.split_at(length);
    rest.chars()
        .next()
        .is_none_or(|c| !c.is_alphanumeric())
        .then_some((number, rest))
}

fn files(text: &str, task: &Element<'_>, problems: &mut Problems) -> Declared {
    let mut declared = Declared::default();
    for list in task.children_named(&["files"]) {
        let start = list.content.start;
        let words = &text[list.content.clone()];
        let at = |span: Range<usize>| start + span.start..start + span.end;
        if words.contains('&') {
            let decoded = decoded(words);
            declared.add(
                paths::list(&decoded),
                "files",
                &decoded,
                |_| list.content.clone(),
                problems,
            );
        } else {
            declared.add(paths::list(words), "files", words, at, problems);
        }
    }
    if let Some(words) = task.attribute("files") {
        declared.add(paths::list(words), "files", words, |_| task.opening.clone(), problems);
    }
    declared
}

/// Whether commits are expected: not of a checkpoint, and not of a task without files that only looks.
fn kind(task: &Element<'_>, title: &str, declared: &Declared) -> UnitKind {
    let task_type = task.attribute("type").unwrap_or_default();
    let asks = task_type.starts_with("checkpoint") || task_type == "decision";
    let only_looks = if asks {
        !declared.says_actions()
    } else {
        declared.only_looks() || (declared.files.is_empty() && (declared.says_none || looks_only(title)))
    };
    if only_looks { UnitKind::Check } else { UnitKind::Work }
}

/// Whether a title says that something is looked at, and not that something is made.
pub(super) fn looks_only(title: &str) -> bool {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let looks = words.first().is_some_and(|first| LOOKING.contains(first)) || words.contains(&"verification");
    looks && !words.iter().any(|word| WORKING.contains(word))
}

fn tests_first(task: &Element<'_>) -> bool {
    task.attribute("tdd") == Some("true") || task.attribute("type") == Some("tdd")
}

fn depends_on(task: &Element<'_>) -> Vec<Located<String>> {
    let ids = task
        .attribute("depends_on")
        .or_else(|| task.attribute("depends"))
        .unwrap_or_default();
    let ids = ids.split([',', ' ', ';']).map(|id| id.trim_matches(['[', ']', '"']));
    ids.filter(|id| !id.is_empty() && !id.eq_ignore_ascii_case("none"))
        .map(|id| Located {
            value: id.to_owned(),
            location: place("depends_on", task.opening.clone()),
        })
        .collect()
}

fn body(text: &str, task: &Element<'_>) -> String {
    let mut parts: Vec<String> = task
        .children_named(BODY_TAGS)
        .map(|child| decoded(text[child.content.clone()].trim()))
        .collect();
    if task.children.is_empty() {
        parts.push(decoded(text[task.content.clone()].trim()));
    }
    bounded(&parts.join("\n"), MAX_BODY)
}

/// The command that the task names; where one is marked as automated, only that.
fn verify(text: &str, task: &Element<'_>) -> Option<String> {
    let child = task.children_named(&["verify", "automated", "how-to-verify"]).next()?;
    let words = &text[child.content.clone()];
    let automated = words
        .split_once("<automated>")
        .map(|(_, rest)| rest.split("</automated>").next().unwrap_or(rest));
    let words = decoded(automated.unwrap_or(words).trim());
    (!words.is_empty()).then(|| bounded(&words, MAX_BODY))
}

#[cfg(test)]
mod tests {
    use super::{looks_only, without_number};

    #[test]
    fn a_task_number_is_taken_off_the_title() {
        let read = |name| {
            let (number, title) = without_number(name);
            (number.unwrap_or_default(), title)
        };
        assert_eq!(read("Task 2: Add login"), ("2".into(), "Add login"));
        assert_eq!(read("Task 1.2 — Add"), ("1.2".into(), "Add"));
        assert_eq!(read("Task 3a. Add"), ("3a".into(), "Add"));
        assert_eq!(read("Task 4"), ("4".into(), "Task 4"));
        assert_eq!(read("1. Add"), (String::new(), "Add"));
        assert_eq!(read("Tasks for later"), (String::new(), "Tasks for later"));
        assert_eq!(read("3 new rules"), (String::new(), "3 new rules"));
    }

    #[test]
    fn titles_that_only_look_are_told_from_work() {
        for title in [
            "Verify the build",
            "Run full test suite",
            "Final verification",
            "End-to-end verification",
        ] {
            assert!(looks_only(title), "{title}");
        }
        for title in [
            "Verify and fix paths",
            "Add verification step",
            "Runner for jobs",
            "Write tests",
        ] {
            assert!(!looks_only(title), "{title}");
        }
    }
}
