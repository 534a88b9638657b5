//! The files of a Gatekeeper plan: the manifest, and the file that holds the tests.

use super::contract::Form;
use crate::formats::cursor::{Node, Object};
use crate::formats::problems::{Problems, shortened};
use crate::model::{Action, Declaration, Lane, PathPattern, PatternSet, PlanLocation, Unit};

/// What can happen to a file.
const ACTIONS: &[(&str, Action)] = &[
    ("CREATE", Action::Create),
    ("MODIFY", Action::Modify),
    ("DELETE", Action::Delete),
];
/// What a plan may not touch without `dangerMode`.
const SENSITIVE: &[&str] = &[
    ".env*",
    "**/.env*",
    "**/migrations/**",
    "**/.github/**",
    "**/*.pem",
    "**/*.key",
];
/// What stands in a list where its writer had no more names, in English and Portuguese.
const NO_NAMES: &[&str] = &[
    "...",
    "…",
    "all files",
    "arquivos relacionados",
    "e outros",
    "etc",
    "etc.",
    "other files",
    "outros arquivos",
    "related files",
    "todos os arquivos",
];
/// The fewest characters of a reason, where the plan's form wants one.
const SHORTEST_REASON: usize = 10;

/// What a manifest names.
#[derive(Default)]
pub(super) struct Files {
    /// The files of the work.
    files: Vec<Declaration>,
    /// The file that holds the tests.
    test_file: Option<Declaration>,
}

/// Reads `manifest`, and `testFilePath` and `projectPath` beside it.
pub(super) fn read(object: &mut Object<'_>, form: Form, lane: &Lane, problems: &mut Problems) -> Files {
    let mut paths = Paths::default();
    let beside = test_file_path(object, problems);
    let mut files = Files::default();
    if let Some(mut manifest) = object.required("manifest").and_then(|node| node.object(problems)) {
        if let Some(node) = manifest.required("files") {
            let items = node.items(problems);
            if items.is_empty() && node.is_list() {
                problems.invalid(&node.location, "`files` is empty", "name at least one file");
            }
            let entries = items
                .into_iter()
                .filter_map(|item| entry(item, form, &mut paths, problems));
            files.files = entries.collect();
        }
        files.test_file = test_file(&mut manifest, beside.as_ref(), &mut paths, problems);
        manifest.finish(problems);
    }
    paths.report(problems);
    report_sensitive(&files, lane, problems);
    files
}

/// The one unit of the plan: its files, and the file of its tests where the manifest does not list it too.
pub(super) fn unit(mut files: Files, title: String, lane: &mut Lane) -> Unit {
    lane.test_files.extend(files.test_file.clone());
    let reasons: Vec<&str> = files.files.iter().filter_map(|it| it.reason.as_deref()).collect();
    let goal = lane.goal.as_ref().map_or("", |goal| &goal.value);
    let body = format!("{goal}\n{}", reasons.join("\n"));
    if let Some(test) = files.test_file
        && !files.files.iter().any(|it| it.pattern.text() == test.pattern.text())
    {
        files.files.push(test);
    }
    Unit {
        id: "task".into(),
        title,
        body,
        location: lane.location.clone(),
        files: files.files,
        ..Unit::default()
    }
}

/// `testFilePath`, from the top of the repository: it may begin with `projectPath`, wherever that was.
fn test_file_path(object: &mut Object<'_>, problems: &mut Problems) -> Option<String> {
    // Plans of the later form have neither; one without the other is half a plan of the earlier.
    let is_earlier = object.has("projectPath") || object.has("testFilePath");
    let project = object
        .wanted("projectPath", is_earlier)
        .and_then(|node| node.text(problems));
    let path = object
        .wanted("testFilePath", is_earlier)?
        .text(problems)?
        .replace('\\', "/");
    let project = project.unwrap_or_default().replace('\\', "/");
    let inside = path
        .strip_prefix(project.trim_end_matches('/'))
        .filter(|_| !project.is_empty());
    Some(inside.unwrap_or(&path).trim_start_matches('/').to_owned())
}

fn test_file(
    manifest: &mut Object<'_>,
    beside: Option<&String>,
    paths: &mut Paths,
    problems: &mut Problems,
) -> Option<Declaration> {
    let node = manifest.required("testFile")?;
    let test = Declaration {
        pattern: paths.read(&node, problems)?,
        action: None,
        reason: None,
        location: node.location,
    };
    if let Some(beside) = beside.filter(|it| it.trim_start_matches("./") != test.pattern.text()) {
        let message = format!(
            "`manifest.testFile` is `{}`, and `testFilePath` is `{beside}`",
            test.pattern.text()
        );
        problems.invalid(&test.location, message, "name the same file in both; this one counts");
    }
    Some(test)
}

fn entry(node: Node<'_>, form: Form, paths: &mut Paths, problems: &mut Problems) -> Option<Declaration> {
    if node.is_text() {
        node.mismatch::<()>("an object with `path` and `action`", problems);
        return Some(Declaration {
            pattern: paths.read(&node, problems)?,
            action: None,
            reason: None,
            location: node.location,
        });
    }
    let mut object = node.object(problems)?;
    let path = object.required("path");
    let action = object
        .required("action")
        .and_then(|node| node.near_choice(ACTIONS, problems));
    let reason = object.wanted("reason", form == Form::Used).and_then(|node| {
        let reason = node.text(problems)?;
        if form == Form::Used && reason.trim().chars().count() < SHORTEST_REASON {
            let help = format!("say in {SHORTEST_REASON} characters or more why the file changes");
            problems.invalid(&node.location, "`reason` is too short to be one", help);
        }
        Some(reason)
    });
    object.finish(problems);
    let path = path?;
    Some(Declaration {
        pattern: paths.read(&path, problems)?,
        action,
        reason,
        location: path.location,
    })
}

/// The paths of a plan as they are read.
#[derive(Default)]
struct Paths {
    with_backslash: usize,
    first: Option<PlanLocation>,
}

impl Paths {
    /// A file; a pattern is a problem and taken as one, and words that name nothing are left out.
    fn read(&mut self, node: &Node<'_>, problems: &mut Problems) -> Option<PathPattern> {
        let text = node.text(problems)?;
        if names_nothing(&text) {
            let message = format!("`{}` names no file", shortened(text, 60));
            problems.invalid(&node.location, message, "name each file by its path");
            return None;
        }
        if text.contains('\\') {
            self.with_backslash += 1;
            self.first.get_or_insert_with(|| node.location.clone());
        }
        if text.contains(['*', '?']) {
            let message = format!("`{}` is a pattern", shortened(text, 60));
            problems.invalid(&node.location, message, "a manifest names each file by its own path");
        }
        node.pattern(problems)
    }

    /// Says once what is so of many paths.
    fn report(self, problems: &mut Problems) {
        if let Some(first) = self.first {
            let number = self.with_backslash;
            let paths = if number == 1 {
                "1 path is".to_owned()
            } else {
                format!("{number} paths are")
            };
            let message = format!("{paths} written with `\\`; git writes `/`");
            problems.invalid(&first, message, "write `/`; until then `\\` is taken for it");
        }
    }
}

fn names_nothing(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let is_listed = |it: &str| lower == it || (it.contains(' ') && lower.starts_with(it));
    NO_NAMES.iter().any(|it| is_listed(it)) || lower.ends_with(" etc.") || lower.ends_with(" etc")
}

fn report_sensitive(files: &Files, lane: &Lane, problems: &mut Problems) {
    if lane.danger_mode {
        return;
    }
    let sensitive = PatternSet::lossy(SENSITIVE.iter().copied());
    for file in files
        .files
        .iter()
        .filter(|it| sensitive.contains(it.pattern.text().as_bytes()))
    {
        let message = format!("`{}` can do harm, and `dangerMode` is not set", file.pattern.text());
        problems.invalid(&file.location, message, "write `\"dangerMode\": true` if it is meant");
    }
}
