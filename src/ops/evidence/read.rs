//! `drift evidence read`: what a file of test results holds. Nothing is kept.

use crate::model::TestResults;
use crate::ops::{OpsError, Refusal, World};
use crate::results;
use crate::store;
use std::io::BufRead;

/// The names of the dialects that drift reads.
pub fn dialects() -> impl Iterator<Item = &'static str> {
    results::DIALECTS.iter().map(|dialect| dialect.name)
}

/// The results in the file that `file` names, seen from the directory of this command. No run, and no repository, is
/// needed.
pub fn read(world: &World, file: &str, dialect: Option<&str>) -> Result<TestResults, OpsError> {
    let mut input = store::reader(&world.directory.join(file))?;
    read_from(&mut input, file, dialect)
}

/// The results that `input` holds; `name` is what errors call it.
pub fn read_from(input: &mut dyn BufRead, name: &str, dialect: Option<&str>) -> Result<TestResults, OpsError> {
    let read = results::read(input, dialect);
    read.map_err(|error| {
        Refusal::UnreadableResults {
            file: name.to_owned(),
            what: error.to_string(),
            help: error.help,
        }
        .into()
    })
}
