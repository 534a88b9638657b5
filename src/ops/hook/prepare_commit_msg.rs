//! prepare-commit-msg: proposes the trailer that says which unit the commit stands for.

use super::message_file::MessageFile;
use super::{Answer, Call, UNIT_TRAILER, variable};
use crate::compare;
use crate::formats;
use crate::git::Repository;
use crate::hooks::with_trailer;
use crate::ops::runs::Run;
use crate::ops::{OpsError, World};

/// Messages that are not about what is staged: merges and squashes speak of other commits, and `--amend`, `-c` and `-C`
/// take a message that was written before.
const OTHER_SOURCES: [&str; 3] = ["merge", "squash", "commit"];
/// Commits that are to be folded into another one.
const FOLDED: [&[u8]; 3] = [b"fixup! ", b"squash! ", b"amend! "];

pub(super) fn answer(repository: &Repository, world: &World, run: &Run, call: &Call<'_>) -> Result<Answer, OpsError> {
    let source = source(world, call);
    if source.is_some_and(|source| OTHER_SOURCES.contains(&source)) || repository.is_merging() {
        return Ok(Answer::default());
    }
    let file = MessageFile::read(repository, world, call)?;
    let message = file.message();
    let is_folded = FOLDED.iter().any(|prefix| message.bytes().starts_with(prefix));
    if is_folded || message.mentions(UNIT_TRAILER) {
        return Ok(Answer::default());
    }
    if let Some(unit) = fitting_unit(repository, run)? {
        file.replace(&with_trailer(&message, UNIT_TRAILER, &unit))?;
    }
    Ok(Answer::default())
}

/// Where the message comes from, as git says it, or another program that calls the hook for it.
fn source<'a>(world: &'a World, call: &Call<'a>) -> Option<&'a str> {
    let source = call.arguments.get(1).and_then(|word| word.to_str());
    source.or_else(|| variable(world, "PRE_COMMIT_COMMIT_MSG_SOURCE"))
}

/// The name of the one unit that the staged paths fit.
fn fitting_unit(repository: &Repository, run: &Run) -> Result<Option<String>, OpsError> {
    let plan = formats::read(run.inputs());
    let staged = repository.staged()?;
    if !staged.unmerged.is_empty() {
        return Ok(None);
    }
    let unit = compare::fitting_unit(&plan, staged.changes.iter().map(|change| &change.path));
    let name = unit.map(|unit| plan.unit_name(unit));
    // A comma would make two names of it.
    Ok(name.filter(|name| !name.is_empty() && !name.contains(|c: char| c == ',' || c.is_control())))
}
