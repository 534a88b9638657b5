//! Whether git merges lessons so that both sides stay.

use super::patient::{Patient, shown};
use super::{Ailment, Check};
use crate::model::shell_word;
use crate::ops::{OpsError, init, runs};
use crate::store;

pub(super) const CHECK: Check = Check {
    name: "attributes",
    looks_at: "whether .gitattributes lets both sides' lessons stay in a merge",
    mends: Some("adds the line that `drift init` writes; what is there stays"),
    run,
};

/// The file that is merged.
const LESSONS: &str = ".drift/lessons.jsonl";

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    let repository = &patient.repository;
    let Some(top) = repository.main_workdir()? else {
        return Ok(());
    };
    let lessons = runs::home(repository)?.lessons();
    if lessons != top.join(LESSONS) || !store::exists(&lessons) {
        return Ok(());
    }
    let value = repository.attribute_of(&top, LESSONS, "merge")?;
    if value == "union" {
        return Ok(());
    }
    let file = top.join(".gitattributes");
    let place = shown(&file);
    let what = format!("git merges {LESSONS} as `merge` is {value}, so that lessons of two branches conflict");
    let command = format!("echo '{}' >>{}", init::ATTRIBUTE, shell_word(&place));
    let ailment = Ailment::warning(what, place).command(command);
    // Where somebody chose another way to merge, that is their word.
    found.push(match value.as_str() {
        "unspecified" => ailment.mended_by(move |_| {
            init::attributes(&top, &mut init::Initialised::default())?;
            Ok(Some(format!("added `{}` to {}", init::ATTRIBUTE, file.display())))
        }),
        _ => ailment,
    });
    Ok(())
}
