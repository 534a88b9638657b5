//! `drift check`: judges, and writes nothing.

use super::judge::{Judged, Range, Subject, judge};
use super::{OpsError, World};
use crate::git::Repository;

/// Judges the named plans, or the run that is meant, over the range.
pub fn check(world: &World, plans: &[String], run: Option<&str>, range: &Range) -> Result<Judged, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let subject = Subject::select(plans, run, &repository, world)?;
    judge(&repository, world, &subject, range)
}
