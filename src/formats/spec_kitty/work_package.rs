//! One work package in its own file: `tasks/WP03-title.md`, fields in front and the prompt behind.

use super::document::{frontmatter, heading_id, is_package_id};
use super::package::Package;
use crate::formats::Text;
use crate::formats::problems::{Problems, shortened};
use crate::formats::prose::bounded;
use crate::formats::yaml::{self, loose, node::Node, node::Value};
use crate::model::{PlanLocation, ProblemKind};
use std::ops::Range;

/// The longest text that is kept for its words, in bytes.
const MAX_BODY: usize = 4_000;

/// The package that the text is.
pub(super) fn read(text: &Text, source: usize, problems: &mut Problems) -> Package {
    let span = frontmatter(&text.text);
    let body = span.as_ref().map_or(0, |span| span.end);
    let fields = match &span {
        Some(span) => fields(&text.text, span.clone(), problems),
        None => nothing(),
    };
    let mut package = Package::read(&fields, PlanLocation::whole(source), problems);
    package.id = id(text, &fields, problems);
    if let Some(node) = fields.get("work_package_id") {
        package.location = problems.place("work_package_id", node.span.clone());
    }
    let prompt = text
        .text
        .get(body..)
        .unwrap_or_default()
        .trim_start_matches(['-', '\r', '\n']);
    if package.title.is_empty() {
        package.title = title_of_heading(prompt, &package.id);
    }
    package.body = bounded(prompt.trim(), MAX_BODY);
    package
}

fn nothing() -> Node {
    Node {
        value: Value::Map(Vec::new()),
        span: 0..0,
    }
}

/// The fields as YAML, or line by line where they are none.
fn fields(text: &str, span: Range<usize>, problems: &mut Problems) -> Node {
    let error = match yaml::read(text, span.clone()) {
        Ok(fields) => return fields,
        Err(error) => error,
    };
    let end = text[error.offset..]
        .find('\n')
        .map_or(text.len(), |at| error.offset + at);
    let place = problems.place("", error.offset..end);
    if error.duplicate_key {
        problems.invalid(&place, error.message, "keep one of them");
        return yaml::read_repeated(text, span.clone()).unwrap_or_else(|_| loose::read(text, span));
    }
    let message = format!("the frontmatter is no valid YAML: {}", error.message);
    problems.invalid(
        &place,
        message,
        "quote text that holds `:`, `#` or `*`; until then drift reads the keys line by line",
    );
    loose::read(text, span)
}

/// The id that the fields give, else the heading, else the file's name.
fn id(text: &Text, fields: &Node, problems: &mut Problems) -> String {
    if let Some(node) = fields.get("work_package_id")
        && let Some(id) = node.text()
    {
        if !is_package_id(id) {
            let place = problems.place("work_package_id", node.span.clone());
            let message = format!("`{}` is no id of a work package", shortened(id.to_owned(), 60));
            problems.invalid(&place, message, "write `WP` and two digits at least");
        }
        return id.to_owned();
    }
    if let Some(id) = heading_id(&text.text).or_else(|| id_in_name(&text.name)) {
        return id.to_owned();
    }
    let place = PlanLocation::whole(problems.place("", 0..0).source);
    problems.add(
        ProblemKind::MissingField,
        "`work_package_id` is missing",
        "write `work_package_id: WP01`",
        place,
    );
    String::new()
}

/// `WP03` of `…/WP03-title.md`.
pub(super) fn id_in_name(name: &str) -> Option<&str> {
    let file = name.rsplit(['/', '\\', ':']).next()?;
    let word = file.split(['-', '_', '.']).next()?;
    is_package_id(word).then_some(word)
}

/// The words behind the id in the first heading.
fn title_of_heading(prompt: &str, id: &str) -> String {
    let heading = prompt
        .lines()
        .find_map(|line| line.strip_prefix("# "))
        .unwrap_or_default();
    let title = heading
        .split_once(id)
        .filter(|_| !id.is_empty())
        .map_or(heading, |(_, rest)| rest);
    title
        .trim_start_matches(|c: char| c.is_whitespace() || ":-–—.".contains(c))
        .trim()
        .to_owned()
}

/// Says of packages that own nothing by any word that no file is in their scope: once for all of them where none of
/// several does, as in missions that are older than ownership.
pub(super) fn say_what_owns_nothing(packages: &[Package], problems: &mut [Problems]) {
    let owns_nothing = |it: &&Package| it.owned.is_none() && it.files().is_empty() && !it.codebase_wide;
    let silent: Vec<&Package> = packages.iter().filter(owns_nothing).collect();
    let (told, message) = match silent.as_slice() {
        all if all.len() == packages.len() && all.len() > 1 => (
            &all[..1],
            format!(
                "none of the {} packages declares `owned_files`, so no file is in scope",
                all.len()
            ),
        ),
        some => (some, String::new()),
    };
    for package in told {
        let Some(own) = problems.get_mut(package.location.source) else {
            continue;
        };
        let place = PlanLocation {
            pointer: "owned_files".into(),
            ..package.location.clone()
        };
        let message = match message.as_str() {
            "" => format!("{} declares no `owned_files`, so no file is in its scope", package.id),
            of_all => of_all.to_owned(),
        };
        let help = "list what it may change; `owned_files: []` says nothing";
        own.add(ProblemKind::MissingField, message, help, place);
    }
}
