//! Places in the plan's texts, in their frozen spelling: line and column are worked out here, once for each text.

use super::run_report as wire;
use crate::model::{self, LineIndex, Location, ProblemKind};

/// The texts of a plan, ready to be asked for many places.
pub(super) struct Places<'a> {
    sources: &'a [model::Source],
    lines: Vec<LineIndex<'a>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a [model::Source]) -> Self {
        Self {
            sources,
            lines: sources.iter().map(|source| LineIndex::new(&source.text)).collect(),
        }
    }

    pub(super) fn location(&self, place: &Location) -> wire::Location {
        match place {
            Location::Range => wire::Location::default(),
            Location::Commit(id) => wire::Location {
                commit: Some(id.to_string()),
                ..wire::Location::default()
            },
            Location::Path(path) => wire::Location {
                path: Some(path.to_json_text()),
                ..wire::Location::default()
            },
            Location::Lines(path, lines) => wire::Location {
                path: Some(path.to_json_text()),
                line: Some(lines.first),
                end_line: Some(lines.last),
                ..wire::Location::default()
            },
            Location::File(place) => wire::Location {
                file: Some(place.file.clone()),
                line: Some(place.line),
                column: Some(place.column),
                ..wire::Location::default()
            },
            Location::Plan(place) => self.in_plan(place),
        }
    }

    fn in_plan(&self, place: &model::PlanLocation) -> wire::Location {
        let lines = self.lines.get(place.source);
        let at = |offset| lines.map(|lines| lines.line_column(offset));
        let start = place.span.and_then(|(start, _)| at(start));
        let end = place.span.and_then(|(_, end)| at(end));
        wire::Location {
            file: self.sources.get(place.source).map(|source| source.name.clone()),
            pointer: (!place.pointer.is_empty()).then(|| place.pointer.clone()),
            line: start.map(|it| it.line),
            column: start.map(|it| it.column),
            end_line: end.map(|it| it.line),
            end_column: end.map(|it| it.column),
            ..wire::Location::default()
        }
    }

    fn problem(&self, problem: &model::Problem) -> wire::Problem {
        wire::Problem {
            kind: problem_kind(problem.kind).into(),
            message: problem.message.clone(),
            help: problem.help.clone(),
            location: self.location(&problem.location),
        }
    }
}

fn problem_kind(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Unreadable => "unreadable",
        ProblemKind::UnknownField => "unknown-field",
        ProblemKind::InvalidValue => "invalid-value",
        ProblemKind::MissingField => "missing-field",
    }
}

impl wire::Problem {
    /// The frozen shape of a plan's problems, in their order.
    pub fn of_plan(plan: &model::Plan) -> Vec<Self> {
        let places = Places::new(&plan.sources);
        plan.problems.iter().map(|problem| places.problem(problem)).collect()
    }
}
