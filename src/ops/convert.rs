//! `drift convert`: any plan as native artifacts, and what they can't say.

use super::sources::{Named, read_plans};
use super::{OpsError, Refusal, World};
use crate::formats::{self, Converted};
use crate::git::Repository;
use crate::model::{Location, Plan, PlanLocation, Problem, line_column};
use crate::store;
use std::path::{Path, PathBuf};

/// What was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// The files, as the user would name them.
    pub files: Vec<String>,
    /// What could not be carried over, each with its place: one line each.
    pub losses: Vec<String>,
}

/// Writes each lane of the plans `names` as native artifacts: into `folder`, or one named after the plan; several lanes
/// into a folder each. Nothing is written where a file of that name says something else.
pub fn convert(world: &World, names: &[String], folder: Option<&Path>) -> Result<Written, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let Named { inputs, companions } = read_plans(names, &repository, world)?;
    let plan = formats::read_beside(inputs, companions);
    if plan.lanes.is_empty() {
        return Err(not_a_plan(&plan, names).into());
    }
    let converted: Vec<Converted> = (0..plan.lanes.len())
        .map(|lane| formats::convert(&plan, lane))
        .collect();
    let places = places(&converted, folder);
    let mut files = Vec::new();
    for (place, lane) in places.iter().zip(&converted) {
        for (name, text) in &lane.artifacts {
            let shown = place.join(name);
            refuse_to_overwrite(&world.directory.join(&shown), &shown, text)?;
            files.push((shown, text));
        }
    }
    for (shown, text) in &files {
        store::write_atomic(&world.directory.join(shown), text.as_bytes())?;
    }
    Ok(Written {
        files: files.iter().map(|(shown, _)| shown.display().to_string()).collect(),
        losses: converted
            .iter()
            .flat_map(|lane| lane.losses.iter().map(|loss| line(&plan, loss)))
            .collect(),
    })
}

/// The folder of each lane, none of them twice.
fn places(converted: &[Converted], folder: Option<&Path>) -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = Vec::new();
    for lane in converted {
        let base = match (folder, converted.len()) {
            (Some(folder), 1) => folder.to_owned(),
            (Some(folder), _) => folder.join(&lane.slug),
            (None, _) => PathBuf::from(&lane.slug),
        };
        let numbered = (2..).map(|number| base.with_file_name(format!("{}-{number}", lane.slug)));
        let free = std::iter::once(base.clone())
            .chain(numbered)
            .find(|place| !places.contains(place));
        places.push(free.unwrap_or(base));
    }
    places
}

fn refuse_to_overwrite(path: &Path, shown: &Path, text: &str) -> Result<(), OpsError> {
    match store::read_if_there(path)? {
        Some(bytes) if bytes != text.as_bytes() => Err(Refusal::Exists {
            path: shown.display().to_string(),
        }
        .into()),
        _ => Ok(()),
    }
}

/// `file:line: what`.
fn line(plan: &Plan, loss: &formats::Loss) -> String {
    let source = plan.sources.get(loss.location.source);
    let name = source.map_or("the plan", |source| source.name.as_str());
    let at = line_of(plan, &loss.location).map_or(String::new(), |line| format!(":{line}"));
    format!("{name}{at}: {}", loss.what)
}

/// The line of a place in a plan's text, counted from 1; `None` where the place is the whole text.
fn line_of(plan: &Plan, place: &PlanLocation) -> Option<usize> {
    let (start, _) = place.span?;
    let source = plan.sources.get(place.source)?;
    Some(line_column(&source.text, start).line)
}

/// The refusal of texts in which no format is recognised: the syntax error that hides it, else what was looked for.
pub(super) fn not_a_plan(plan: &Plan, names: &[String]) -> Refusal {
    let at = |problem: &&Problem| match &problem.location {
        Location::Plan(place) => line_of(plan, place),
        _ => None,
    };
    let problem = plan.problems.iter().find(|it| at(it).is_some());
    let problem = problem.or(plan.problems.first());
    let message = problem.map_or_else(|| "this is not a plan".to_owned(), |it| it.message.clone());
    let line = problem.as_ref().and_then(at);
    Refusal::NotAPlan {
        name: names.join(", "),
        message: line.map_or(message.clone(), |line| format!("line {line}: {message}")),
        help: problem.and_then(|it| it.help.clone()).unwrap_or_default(),
    }
}
