//! `drift new`: a run's folder, with templates to fill in, or with a plan that people already have.

use super::run_file::{Original, RunFile, to_json};
use super::runs;
use super::sources::{ARTIFACTS, read_plans};
use super::{OpsError, Refusal, World};
use crate::formats::{self, Input, TemplateValues};
use crate::git::Repository;
use crate::model::{Handle, Plan, RunState};
use crate::report::wire::v1::Problem;
use crate::store::{self, Home};
use std::collections::BTreeMap;

/// A run that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its handle.
    pub handle: Handle,
    /// Its folder, from the top of the worktree.
    pub folder: String,
    /// The artifacts that were written.
    pub artifacts: Vec<String>,
    /// What could not be read of an imported plan.
    pub problems: Vec<Problem>,
}

/// What a run begins with.
#[derive(Clone, Copy, Debug)]
pub enum Beginning<'a> {
    /// Templates of the native artifacts.
    Templates,
    /// The template of a contract for the stage of this name.
    Stage(&'a str),
    /// A plan that is there already, whose original is kept byte for byte.
    Plan(&'a str),
}

/// Makes a draft named `slug`, or named after the plan or the stage that it begins with.
pub fn new(world: &World, slug: Option<&str>, beginning: Beginning<'_>) -> Result<Made, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let top = repository.workdir().ok_or(Refusal::NoWorktree)?.to_owned();
    let imported = match beginning {
        Beginning::Plan(from) => read_plans(&[from.to_owned()], &repository, world)?.inputs,
        Beginning::Templates | Beginning::Stage(_) => Vec::new(),
    };
    let plan = formats::read(imported.clone());
    if let Beginning::Plan(from) = beginning
        && plan
            .sources
            .iter()
            .all(|source| source.format.is_empty() || formats::is_account(source.format))
    {
        return Err(super::convert::not_a_plan(&plan, &[from.to_owned()]).into());
    }
    let slug = match (slug, beginning) {
        (Some(slug), _) => slug.to_owned(),
        (None, Beginning::Stage(name)) => Handle::slug_of(name).unwrap_or_else(|| name.to_owned()),
        (None, _) => slug_of(&plan),
    };
    let id = world.new_id();
    let handle = Handle::new(&slug, &id[..8]).map_err(|error| Refusal::BadSlug {
        message: error.to_string(),
        nearest: Handle::slug_of(&slug).filter(|nearest| *nearest != slug),
    })?;
    let mut kept = BTreeMap::new();
    let artifacts = match beginning {
        Beginning::Plan(_) => originals(imported, &plan, &mut kept),
        Beginning::Stage(name) => vec![(STAGE_CONTRACT.to_owned(), stage_contract(name).into_bytes())],
        Beginning::Templates => templates(&slug),
    };
    let folder = Home::in_worktree(&top).run_dir(&handle);
    if store::exists(&folder) {
        return Err(Refusal::Exists {
            path: folder.display().to_string(),
        }
        .into());
    }
    repository.note_primary_worktree()?;
    for (name, bytes) in &artifacts {
        store::write_atomic(&folder.join(name), bytes)?;
    }
    super::init::schemas(&top)?;
    let file = RunFile {
        id,
        slug,
        created_at: world.timestamp(),
        imported: kept,
        ..RunFile::default()
    };
    store::write_atomic(&folder.join("run.json"), &to_json(&file.in_state(RunState::Draft)))?;
    Ok(Made {
        folder: runs::folder_of(&handle),
        handle,
        artifacts: artifacts.into_iter().map(|(name, _)| name).collect(),
        problems: Problem::of_plan(&plan),
    })
}

/// The file name of a stage's contract in its run.
const STAGE_CONTRACT: &str = "stage_contract.md";

/// The template for the stage `name`, which stays one line of text.
fn stage_contract(name: &str) -> String {
    formats::stage_template(&name.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The originals by their own file names, and in `kept` where they came from; of two that are called alike, or like one
/// of the run's own files, the later one gets a number.
fn originals(inputs: Vec<Input>, plan: &Plan, kept: &mut BTreeMap<String, Original>) -> Vec<(String, Vec<u8>)> {
    let mut originals: Vec<(String, Vec<u8>)> = Vec::new();
    for input in inputs {
        let own = file_name(&input);
        let taken = |name: &str| runs::is_own_file(name) || originals.iter().any(|(known, _)| known == name);
        let numbered = (2..).map(|number| format!("{number}-{own}"));
        let name = std::iter::once(own.clone()).chain(numbered).find(|name| !taken(name));
        let name = name.unwrap_or(own);
        let source = plan.sources.iter().find(|source| source.name == input.name);
        let original = Original {
            path: input
                .repo_path
                .as_ref()
                .and_then(|path| path.as_str())
                .map(str::to_owned),
            hash: source.map(|source| source.hash.clone()).unwrap_or_default(),
            name: if input.repo_path.is_some() {
                input.name
            } else {
                file_name(&input)
            },
        };
        kept.insert(name.clone(), original);
        originals.push((name, input.bytes));
    }
    originals
}

/// The original's own file name, so that its format is still told by what it is.
fn file_name(input: &Input) -> String {
    let name = input.name.rsplit(['/', ':']).next().unwrap_or_default();
    let safe: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '-'
            }
        })
        .collect();
    if safe.trim_matches(['.', '-']).is_empty() {
        "plan".into()
    } else {
        safe
    }
}

fn templates(slug: &str) -> Vec<(String, Vec<u8>)> {
    let values = TemplateValues {
        slug: Some(slug.to_owned()),
        ..TemplateValues::default()
    };
    let filled = |name: &&str| {
        let text = formats::template(name.trim_end_matches(".json"), &values)?;
        Some((name.to_string(), text.into_bytes()))
    };
    ARTIFACTS.iter().filter_map(filled).collect()
}

/// A slug from the plan's own name and goal, in lower-case words.
fn slug_of(plan: &Plan) -> String {
    let lane = plan.lanes.first();
    let name = lane.map(|lane| lane.name.as_str()).unwrap_or_default();
    let goal = lane
        .and_then(|lane| lane.goal.as_ref())
        .map(|goal| goal.value.as_str())
        .unwrap_or_default();
    let text = if name.chars().any(char::is_alphabetic) {
        name.to_owned()
    } else {
        format!("{name} {goal}")
    };
    Handle::slug_of(&text).unwrap_or_else(|| "run".into())
}
