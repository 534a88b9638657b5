//! A work package in the making: what its own file and the mission's manifest say of it, in the same words.

use super::document::is_package_id;
use crate::formats::problems::{Problems, shortened};
use crate::formats::yaml::node::{Node, Value};
use crate::model::{Action, Declaration, Located, PathPattern, PatternError, PlanLocation, ProblemKind};

/// What is known of one package.
#[derive(Clone, Debug, Default)]
pub(super) struct Package {
    /// `WP03`, as it is written.
    pub id: String,
    /// Its title; may be empty.
    pub title: String,
    /// What it owns; `None` where nothing is said of it.
    pub owned: Option<Vec<Declaration>>,
    /// What it makes anew.
    pub creates: Vec<Declaration>,
    /// The packages that come before it.
    pub depends_on: Vec<Located<String>>,
    /// The folder or file that it speaks for.
    pub surface: Option<Declaration>,
    /// Whether it goes through the whole of the code.
    pub codebase_wide: bool,
    /// Whether it makes plans and not code.
    pub is_planning: bool,
    /// The commit that its work began from.
    pub base_commit: Option<String>,
    /// Its text, for words.
    pub body: String,
    /// Where it stands.
    pub location: PlanLocation,
}

/// Keys whose misspelling changes what is compared.
const COMPARED: &[&str] = &[
    "work_package_id",
    "owned_files",
    "dependencies",
    "create_intent",
    "execution_mode",
    "authoritative_surface",
];

impl Package {
    /// The fields that a package's own file and an entry of the manifest share.
    pub fn read(fields: &Node, location: PlanLocation, problems: &mut Problems) -> Self {
        say_what_is_misspelled(fields, problems);
        Self {
            title: fields
                .text_of("title")
                .or_else(|| fields.text_of("work_package_title"))
                .unwrap_or_default()
                .to_owned(),
            owned: fields
                .get("owned_files")
                .map(|list| declarations(list, "owned_files", None, problems)),
            creates: fields.get("create_intent").map_or_else(Vec::new, |list| {
                declarations(list, "create_intent", Some(Action::Create), problems)
            }),
            depends_on: fields
                .get("dependencies")
                .map_or_else(Vec::new, |list| dependencies(list, problems)),
            surface: surface(fields, problems),
            codebase_wide: fields.text_of("scope") == Some("codebase-wide"),
            is_planning: is_planning(fields, problems),
            base_commit: fields
                .text_of("base_commit")
                .filter(|id| is_object_id(id))
                .map(ToOwned::to_owned),
            location,
            ..Self::default()
        }
    }

    /// Adds what another document says of the same package; what both say counts once.
    pub fn merge(&mut self, other: Self) {
        if self.title.is_empty() {
            self.title = other.title;
        }
        self.owned = match (self.owned.take(), other.owned) {
            (Some(mut own), Some(more)) => {
                add_new(&mut own, more);
                Some(own)
            }
            (own, more) => own.or(more),
        };
        add_new(&mut self.creates, other.creates);
        for needed in other.depends_on {
            if !self.depends_on.iter().any(|it| it.value == needed.value) {
                self.depends_on.push(needed);
            }
        }
        self.surface = self.surface.take().or(other.surface);
        self.codebase_wide |= other.codebase_wide;
        self.is_planning |= other.is_planning;
        self.base_commit = self.base_commit.take().or(other.base_commit);
    }

    /// All that it may touch: what it owns, with what it makes marked as new; without a list of its own, its surface.
    pub fn files(&self) -> Vec<Declaration> {
        let mut files = self.owned.clone().unwrap_or_default();
        for file in &mut files {
            let is_same = |it: &&Declaration| it.pattern.text() == file.pattern.text();
            if self.creates.iter().any(|it| is_same(&it)) {
                file.action = Some(Action::Create);
            }
        }
        add_new(&mut files, self.creates.clone());
        if self.owned.is_none() && files.is_empty() {
            files.extend(self.surface.clone());
        }
        files
    }
}

fn add_new(own: &mut Vec<Declaration>, more: Vec<Declaration>) {
    for it in more {
        if !own.iter().any(|known| known.pattern.text() == it.pattern.text()) {
            own.push(it);
        }
    }
}

/// Forty hexadecimal digits or more; `unknown` and short forms are no ids that outlive anything.
pub(super) fn is_object_id(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The patterns of a list, or of texts with commas between.
fn declarations(list: &Node, field: &str, action: Option<Action>, problems: &mut Problems) -> Vec<Declaration> {
    let mut found = Vec::new();
    for item in list.items() {
        let location = problems.place(field, item.span.clone());
        let path = item.text().or_else(|| item.text_of("path"));
        let Some(path) = path else {
            if item.value != Value::Null {
                problems.invalid(
                    &location,
                    format!("`{field}` holds something that names no file"),
                    "list paths or patterns",
                );
            }
            continue;
        };
        let is_list_in_text = matches!(list.value, Value::Text(_));
        for part in parts(path, is_list_in_text) {
            found.extend(declaration(part, action, location.clone(), problems));
        }
    }
    found
}

/// The parts of `[]`, `[a, b]` or `a, b`, where a text stands in place of a list; else the text itself.
fn parts(text: &str, is_list_in_text: bool) -> Vec<&str> {
    if !is_list_in_text {
        return vec![text];
    }
    let inner = text
        .strip_prefix('[')
        .and_then(|it| it.strip_suffix(']'))
        .unwrap_or(text);
    let parts = inner.split(',').map(|part| part.trim().trim_matches(['"', '\'', '`']));
    parts.filter(|part| !part.is_empty()).collect()
}

fn declaration(
    text: &str,
    action: Option<Action>,
    location: PlanLocation,
    problems: &mut Problems,
) -> Option<Declaration> {
    match PathPattern::parse_crossing(without_line(text)) {
        Ok(pattern) => Some(Declaration {
            pattern,
            action,
            reason: None,
            location,
        }),
        Err(error) => {
            let shown = shortened(text.to_owned(), 60);
            problems.invalid(&location, format!("`{shown}` can't be in scope: {error}"), help(error));
            None
        }
    }
}

fn help(error: PatternError) -> &'static str {
    match error {
        PatternError::Absolute | PatternError::Outside => "name files from the top of the repository",
        PatternError::TooComplex | PatternError::Malformed => "write fewer and simpler wildcards",
        PatternError::Empty => "",
    }
}

/// A path without the line that a reader of code hangs on it: `a.py#L28`.
fn without_line(text: &str) -> &str {
    match text.rsplit_once("#L") {
        Some((path, line)) if !line.is_empty() && line.bytes().all(|it| it.is_ascii_digit() || it == b'-') => path,
        _ => text,
    }
}

/// The ids in a list, or in a text that stands for one (`[]`, `WP01, WP02`).
fn dependencies(list: &Node, problems: &mut Problems) -> Vec<Located<String>> {
    let mut found = Vec::new();
    for item in list.items() {
        let location = problems.place("dependencies", item.span.clone());
        let Some(text) = item.text().or_else(|| item.text_of("id")) else {
            continue;
        };
        for id in parts(text, true) {
            let id = id.split_whitespace().next().unwrap_or(id);
            if matches!(id.to_lowercase().as_str(), "none" | "null" | "n/a" | "-") {
                continue;
            }
            if is_package_id(id) {
                found.push(Located {
                    value: id.to_owned(),
                    location: location.clone(),
                });
            } else {
                let shown = shortened(id.to_owned(), 60);
                problems.invalid(
                    &location,
                    format!("`{shown}` is no id of a work package"),
                    "write ids such as `WP01`",
                );
            }
        }
    }
    found
}

fn surface(fields: &Node, problems: &mut Problems) -> Option<Declaration> {
    let node = fields.get("authoritative_surface")?;
    let pattern = PathPattern::parse_crossing(node.text()?).ok()?;
    Some(Declaration {
        pattern,
        action: None,
        reason: None,
        location: problems.place("authoritative_surface", node.span.clone()),
    })
}

/// Whether `execution_mode` says that plans are made; a word that means neither is a problem.
fn is_planning(fields: &Node, problems: &mut Problems) -> bool {
    let Some(node) = fields.get("execution_mode") else {
        return false;
    };
    match node.text() {
        Some("planning_artifact") => true,
        None | Some("code_change") => false,
        Some(other) => {
            let message = format!("`execution_mode` can't be `{}`", shortened(other.to_owned(), 60));
            let location = problems.place("execution_mode", node.span.clone());
            problems.invalid(&location, message, "write `code_change` or `planning_artifact`");
            false
        }
    }
}

/// Notes keys that are nearly one that counts; other unknown keys are the agents' own.
fn say_what_is_misspelled(fields: &Node, problems: &mut Problems) {
    for (key, _) in fields.entries() {
        let Some(name) = key.text().filter(|name| !COMPARED.contains(name)) else {
            continue;
        };
        let near = |known: &&&str| {
            fields.get(known).is_none() && strsim::normalized_damerau_levenshtein(known, &name.to_lowercase()) > 0.8
        };
        if let Some(meant) = COMPARED.iter().find(near) {
            let place = problems.place(name, key.span.clone());
            let message = format!("`{}` is no field of a work package", shortened(name.to_owned(), 60));
            problems.add(
                ProblemKind::UnknownField,
                message,
                format!("did you mean `{meant}`?"),
                place,
            );
        }
    }
}
