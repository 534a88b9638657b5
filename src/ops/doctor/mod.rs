//! `drift doctor`: what is wrong with the repository, its hooks, and what drift keeps there; and mending what is safe.
//!
//! One file a check, and one table. A check that can't be done is told and does not end the others.
//!
//! Mending never deletes what a person wrote, and never guesses: it renews what drift itself makes (hook scripts, notes),
//! frees what nobody needs any more (a binding to a run that is over, what a killed drift left), and adds one line.
//! Everything else is told with the command that does it.

mod attributes;
mod bindings;
mod config;
mod history;
mod home;
mod hooks;
mod leftovers;
mod lessons;
mod locks;
mod notes;
mod patient;
mod refs;
mod repository;
mod runs;
mod versions;

use super::{OpsError, World};
use crate::model::Severity;
use crate::report::wire::v1::doctor as wire;
use patient::Patient;
use std::path::Path;

/// One thing that is looked at.
#[derive(Debug)]
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// What it looks at.
    pub looks_at: &'static str,
    /// What `--fix` does here, and why that is safe; `None` where it does nothing.
    pub mends: Option<&'static str>,
    run: fn(&Patient<'_>, &mut Vec<Ailment>) -> Result<(), OpsError>,
}

/// Every check, in the order in which they are done.
pub static CHECKS: &[Check] = &[
    repository::CHECK,
    versions::CHECK,
    history::CHECK,
    hooks::CHECK,
    refs::CHECK,
    locks::CHECK,
    leftovers::CHECK,
    config::CHECK,
    home::CHECK,
    lessons::CHECK,
    notes::CHECK,
    bindings::CHECK,
    runs::CHECK,
    attributes::CHECK,
];

/// Mends one ailment and says what was done; `None` where another mending has done it already.
type Mend = Box<dyn Fn(&Patient<'_>) -> Result<Option<String>, OpsError>>;

/// One thing that is wrong, or worth knowing.
pub struct Ailment {
    /// The check that found it.
    pub check: &'static str,
    /// How much it weighs: a note alone leaves the repository healthy.
    pub severity: Severity,
    /// What is so.
    pub what: String,
    /// Where: a file, a ref, a setting.
    pub place: String,
    /// The commands that mend it, in this order; none where only a person can tell.
    pub commands: Vec<String>,
    mend: Option<Mend>,
}

/// Something that was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The check that found it.
    pub check: &'static str,
    /// What was done, or why it could not be done.
    pub did: Result<String, String>,
}

/// A check that could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The check.
    pub check: &'static str,
    /// Why.
    pub why: String,
}

/// What was found.
#[derive(Default)]
pub struct Diagnosis {
    /// What is wrong, or worth knowing: as it is after mending.
    pub ailments: Vec<Ailment>,
    /// What was mended.
    pub mended: Vec<Mended>,
    /// The checks that could not be done.
    pub undone: Vec<Undone>,
    /// The checks that were done.
    pub done: Vec<&'static str>,
}

impl Ailment {
    fn new(severity: Severity, what: impl Into<String>, place: impl Into<String>) -> Self {
        Self {
            check: "",
            severity,
            what: what.into(),
            place: place.into(),
            commands: Vec::new(),
            mend: None,
        }
    }

    fn warning(what: impl Into<String>, place: impl Into<String>) -> Self {
        Self::new(Severity::Warning, what, place)
    }

    fn note(what: impl Into<String>, place: impl Into<String>) -> Self {
        Self::new(Severity::Note, what, place)
    }

    /// With one more command that mends it.
    fn command(mut self, command: impl Into<String>) -> Self {
        self.commands.push(command.into());
        self
    }

    /// With a way to mend it that is safe.
    fn mended_by(mut self, mend: impl Fn(&Patient<'_>) -> Result<Option<String>, OpsError> + 'static) -> Self {
        self.mend = Some(Box::new(mend));
        self
    }

    /// Whether `--fix` mends it.
    pub fn is_mendable(&self) -> bool {
        self.mend.is_some()
    }
}

impl Diagnosis {
    /// Whether nothing is wrong: no ailment but notes, and every check was done.
    pub fn is_healthy(&self) -> bool {
        self.undone.is_empty() && self.ailments.iter().all(|it| it.severity == Severity::Note)
    }
}

/// Looks at everything; with `fix` mends what is safe to mend, and looks again. `program` is the drift that hooks start.
pub fn doctor(world: &World, program: &Path, fix: bool) -> Result<Diagnosis, OpsError> {
    let diagnosis = look(world, program)?;
    if !fix || !diagnosis.ailments.iter().any(Ailment::is_mendable) {
        return Ok(diagnosis);
    }
    let mended = mend(world, program, &diagnosis)?;
    Ok(Diagnosis {
        mended,
        ..look(world, program)?
    })
}

fn look(world: &World, program: &Path) -> Result<Diagnosis, OpsError> {
    let mut diagnosis = Diagnosis::default();
    let Some(patient) = repository::open(world, program, &mut diagnosis)? else {
        return Ok(diagnosis);
    };
    for check in CHECKS {
        let mut found = Vec::new();
        match (check.run)(&patient, &mut found) {
            Ok(()) => diagnosis.done.push(check.name),
            Err(error) => diagnosis.undone.push(Undone {
                check: check.name,
                why: error.to_string(),
            }),
        }
        let named = found.into_iter().map(|it| Ailment {
            check: check.name,
            ..it
        });
        diagnosis.ailments.extend(named);
    }
    Ok(diagnosis)
}

fn mend(world: &World, program: &Path, diagnosis: &Diagnosis) -> Result<Vec<Mended>, OpsError> {
    let mut mended = Vec::new();
    for ailment in &diagnosis.ailments {
        let Some(mend) = &ailment.mend else { continue };
        // Each is mended in the repository as the one before has left it.
        let Some(patient) = repository::open(world, program, &mut Diagnosis::default())? else {
            break;
        };
        let did = mend(&patient).map_err(|error| format!("{}: {error}", ailment.what));
        mended.extend(did.transpose().map(|did| Mended {
            check: ailment.check,
            did,
        }));
    }
    mended.dedup();
    Ok(mended)
}

/// The diagnosis in the shape that is printed as JSON.
pub fn examination(diagnosis: &Diagnosis) -> wire::Examination {
    let why = |name: &str| diagnosis.undone.iter().find(|it| it.check == name);
    let checks = CHECKS.iter().map(|check| wire::Check {
        name: check.name.to_owned(),
        looks_at: check.looks_at.to_owned(),
        done: diagnosis.done.contains(&check.name),
        why: why(check.name).map(|it| it.why.clone()),
    });
    let ailments = diagnosis.ailments.iter().map(|it| wire::Ailment {
        check: it.check.to_owned(),
        severity: it.severity.into(),
        what: it.what.clone(),
        place: it.place.clone(),
        commands: it.commands.clone(),
        mendable: it.is_mendable(),
    });
    let mended = diagnosis.mended.iter().map(|it| wire::Mended {
        check: it.check.to_owned(),
        done: it.did.is_ok(),
        what: it.did.clone().unwrap_or_else(|why| why),
    });
    wire::Examination {
        checks: checks.collect(),
        ailments: ailments.collect(),
        mended: mended.collect(),
        ..wire::Examination::new(env!("CARGO_PKG_VERSION"), diagnosis.is_healthy())
    }
}
