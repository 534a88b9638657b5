//! A finding or problem as rustc would draw it: title, place, the lines of the plan, and what helps.

use crate::model::{Source, printable_columns};
use crate::report::plain::terminal;
use crate::report::wire::v1::{Finding, Location, Problem, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// What is drawn: the parts that findings and problems share.
struct Drawn<'a> {
    level: Level<'static>,
    id: &'a str,
    title: String,
    place: &'a Location,
    help: String,
    note: Option<String>,
}

/// Draws one finding, with its help below.
pub fn finding(finding: &Finding, sources: &[Source], width: usize) -> String {
    let accepted = finding.acceptance.as_ref();
    let by = accepted.map(|it| format!("accepted by {}: {}", terminal(&it.accepted_by), terminal(&it.because)));
    draw(
        &Drawn {
            level: level(finding.severity),
            id: &finding.code,
            title: terminal(&finding.message),
            place: &finding.location,
            help: if accepted.is_some() {
                String::new()
            } else {
                terminal(&finding.help)
            },
            note: by,
        },
        sources,
        width,
    )
}

/// Draws the problems of a plan, in order.
pub fn problems(problems: &[Problem], sources: &[Source], width: usize) -> String {
    let drawn = |problem: &Problem| {
        draw(
            &Drawn {
                level: Level::ERROR,
                id: &problem.kind,
                title: terminal(&problem.message),
                place: &problem.location,
                help: problem.help.as_deref().map(terminal).unwrap_or_default(),
                note: None,
            },
            sources,
            width,
        )
    };
    problems.iter().map(drawn).collect::<Vec<_>>().join("\n")
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn draw(drawn: &Drawn<'_>, sources: &[Source], width: usize) -> String {
    let title = drawn.level.clone().primary_title(&drawn.title).id(drawn.id);
    let mut group = Group::with_title(title);
    if let Some(excerpt) = excerpt(drawn.place, sources) {
        let span = excerpt.span.clone();
        group = group.element(
            Snippet::source(excerpt.lines)
                .path(excerpt.name)
                .line_start(excerpt.first_line)
                .fold(false)
                .annotation(AnnotationKind::Primary.span(span)),
        );
    } else if let Some(origin) = origin(drawn.place) {
        group = group.element(origin);
    }
    if let Some(note) = &drawn.note {
        group = group.element(Level::NOTE.message(note));
    }
    if !drawn.help.is_empty() {
        group = group.element(Level::HELP.message(&drawn.help));
    }
    let renderer = Renderer::styled().term_width(width.max(40));
    renderer.render(&[group]) + "\n"
}

fn origin(place: &Location) -> Option<Origin<'static>> {
    if let Some(file) = &place.file {
        let origin = Origin::path(terminal(file));
        return Some(match (place.line, place.column) {
            (Some(line), Some(column)) => origin.line(line).char_column(column),
            _ => origin,
        });
    }
    let text = place.path.as_deref().map(terminal);
    let commit = place
        .commit
        .as_deref()
        .map(|id| format!("commit {}", id.get(..10).unwrap_or(id)));
    let origin = text.or(commit).map(Origin::path)?;
    Some(match place.line {
        Some(line) => origin.line(line),
        None => origin,
    })
}

/// The lines around a place, cut out so that a finding costs its lines and not the whole text.
struct Excerpt {
    name: String,
    lines: String,
    first_line: usize,
    span: std::ops::Range<usize>,
}

fn excerpt(place: &Location, sources: &[Source]) -> Option<Excerpt> {
    let (file, line, column) = (place.file.as_ref()?, place.line?, place.column?);
    let source = sources.iter().find(|source| source.name == *file)?;
    let start = line_start(&source.text, line)?;
    let text = source.text[start..].split_inclusive('\n').next()?;
    let text = printable_columns(text.trim_end_matches(['\n', '\r']));
    let from = byte_of(&text, column);
    let to = match (place.end_line, place.end_column) {
        (Some(end_line), Some(end_column)) if end_line == line => byte_of(&text, end_column),
        _ => text.len(),
    };
    Some(Excerpt {
        name: terminal(&source.name),
        first_line: line,
        span: from..to.max(from),
        lines: text,
    })
}

/// The byte at which the line `number` (from 1) begins.
fn line_start(text: &str, number: usize) -> Option<usize> {
    match number {
        0 => None,
        1 => Some(0),
        _ => text.match_indices('\n').nth(number - 2).map(|(at, _)| at + 1),
    }
}

/// The byte of the character `column` (from 1) of a line; its end where the line is shorter.
fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices()
        .nth(column.saturating_sub(1))
        .map_or(line.len(), |(at, _)| at)
}
