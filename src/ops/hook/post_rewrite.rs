//! post-rewrite: notes follow the commits that `git commit --amend` and `git rebase` replace.

use super::{Answer, Call};
use crate::git::Repository;
use crate::hooks::rewritten;
use crate::ops::{OpsError, World, notes};

pub(super) fn answer(repository: &Repository, world: &World, call: &Call<'_>) -> Result<Answer, OpsError> {
    let is_amend = call.arguments.first().is_some_and(|word| word == "amend");
    // While a rebase goes on, the commits that it amends have no notes of their own yet. What they were made of, and
    // whether hooks saw all of that, it says in the end.
    let is_settled = !(is_amend && repository.is_rebasing());
    notes::carry(repository, world, &rewritten(call.input), is_settled)?;
    Ok(Answer::default())
}
