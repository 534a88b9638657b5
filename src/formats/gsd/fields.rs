//! The fields of a frontmatter, read as YAML where it is, and what is off about them.

use super::frontmatter::Frontmatter;
use super::node::{Node, Value, plain_key};
use super::{Problems, loose, place, yaml};
use crate::model::{Lane, PlanLocation, ProblemKind, Unit};

/// The fields that GSD and its forks have.
const KNOWN: &[&str] = &[
    "autonomous",
    "created",
    "depends_on",
    "description",
    "files_modified",
    "gap_closure",
    "goal",
    "intent",
    "key_links",
    "mode",
    "must_haves",
    "name",
    "objective",
    "outcome_ids",
    "phase",
    "plan",
    "requirements",
    "source_audit",
    "status",
    "tags",
    "title",
    "truths",
    "artifacts",
    "type",
    "user_setup",
    "verification_route",
    "wave",
];

/// The fields whose misspelling changes what is compared.
const COMPARED: &[&str] = &["depends_on", "files_modified", "must_haves"];

/// The fields of the plan; an empty map where there are none.
pub(super) fn read(text: &str, frontmatter: &Frontmatter, problems: &mut Problems) -> Node {
    let Some(span) = frontmatter.yaml.clone() else {
        return nothing();
    };
    if !frontmatter.closed {
        problems.add(
            ProblemKind::InvalidValue,
            "the frontmatter is not closed",
            "end it with a line that is only `---`",
            place("", span.start.saturating_sub(1)..span.start),
        );
    }
    let fields = match yaml::read(text, span.clone()) {
        Ok(fields) => fields,
        Err(error) => {
            let line_end = text[error.offset..]
                .find('\n')
                .map_or(text.len(), |at| error.offset + at);
            let location = place("", error.offset..line_end);
            past_the_error(text, frontmatter, &error, location, problems)
        }
    };
    say_what_is_misspelled(&fields, problems);
    fields
}

/// What can be read of a frontmatter that is no YAML, or that says a thing twice.
fn past_the_error(
    text: &str,
    frontmatter: &Frontmatter,
    error: &yaml::YamlError,
    location: PlanLocation,
    problems: &mut Problems,
) -> Node {
    let span = frontmatter.yaml.clone().unwrap_or_default();
    if error.duplicate_key {
        problems.add(
            ProblemKind::InvalidValue,
            &error.message,
            "keep one of them, or make it a list",
            location,
        );
        return yaml::read_repeated(text, span.clone()).unwrap_or_else(|_| loose::read(text, span));
    }
    problems.add(
        ProblemKind::InvalidValue,
        format!("the frontmatter is no valid YAML: {}", error.message),
        "quote text that holds `:`, `#`, `*` or a back quote, in single quotes where it holds `\\`; until then drift reads \
         the keys line by line",
        location,
    );
    loose::read(text, span)
}

fn nothing() -> Node {
    Node {
        value: Value::Map(Vec::new()),
        span: 0..0,
    }
}

/// Notes keys that are nearly one that counts. Other unknown keys are the forks' own.
fn say_what_is_misspelled(fields: &Node, problems: &mut Problems) {
    for (key, _) in fields.entries() {
        let Some(name) = key.text() else { continue };
        let plain = plain_key(name);
        if KNOWN.iter().any(|known| plain_key(known) == plain) {
            continue;
        }
        let near = |known: &&&str| {
            fields.get(known).is_none() && strsim::normalized_damerau_levenshtein(&plain_key(known), &plain) > 0.8
        };
        if let Some(meant) = COMPARED.iter().find(near) {
            problems.add(
                ProblemKind::UnknownField,
                format!("`{name}` is no field of a GSD plan"),
                &format!("did you mean `{meant}`?"),
                place(name, key.span.clone()),
            );
        }
    }
}

/// Says where the scope comes from if the frontmatter does not declare it.
pub(super) fn say_what_is_missing(frontmatter: &Frontmatter, lane: &Lane, units: &[Unit], problems: &mut Problems) {
    let tasks_declare = units.iter().any(|unit| !unit.files.is_empty());
    let goes_by = match (tasks_declare, units.is_empty()) {
        (true, _) => "the files that its tasks name are its scope",
        (false, false) => "its tasks name no files either, so no file is in scope",
        (false, true) => "it has no tasks either, so nothing can be compared",
    };
    let whole = PlanLocation {
        pointer: "files_modified".into(),
        ..PlanLocation::whole(0)
    };
    if frontmatter.yaml.is_none() && lane.allowed.is_empty() {
        let message = format!("the plan has no frontmatter; {goes_by}");
        problems.add(
            ProblemKind::MissingField,
            message,
            "begin it with `---`, phase, plan, files_modified, and `---`",
            PlanLocation::whole(0),
        );
    } else if lane.allowed.is_empty() && !tasks_declare {
        let message = format!("the plan declares no files in `files_modified`; {goes_by}");
        problems.add(
            ProblemKind::MissingField,
            message,
            "list there what the plan may change",
            whole,
        );
    }
}
