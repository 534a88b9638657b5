//! Reading back what was kept: nothing is let go before the disk says that the run is over and all of it is there.

use super::persist::Kept;
use super::refusal::RemovalRefusal;
use crate::git::Repository;
use crate::ops::runs;
use crate::ops::{OpsError, Refusal};
use crate::report::wire::v1::Lesson;
use crate::store;
use std::path::Path;

/// An error that says what reads otherwise than it was written. `fresh` is a repository that was opened afterwards.
pub(super) fn verify(fresh: &Repository, kept: &Kept) -> Result<(), OpsError> {
    let wrong = |what: String| -> OpsError {
        let handle = kept.handle.to_string();
        Refusal::from(RemovalRefusal::NotKept { handle, what }).into()
    };
    let run = runs::load(fresh, &kept.handle)?;
    if run.state() != kept.state {
        let (written, read) = (kept.state.name(), run.state().name());
        return Err(wrong(format!(
            "its record was written as {written} and reads as {read}"
        )));
    }
    // Another clone's side may have been joined in the meantime; what was written is part of the record then, too.
    let log = fresh.record_log(&kept.handle)?;
    if kept.record.is_some_and(|id| !log.iter().any(|entry| entry.id == id)) {
        return Err(wrong("its record does not hold the commit that was written".into()));
    }
    if let Some((bytes, files)) = &kept.report {
        if run.report.as_ref() != Some(bytes) {
            return Err(wrong("the report in its record is another one by now".into()));
        }
        if store::read_if_there(&files.report)?.as_ref() != Some(bytes) {
            return Err(wrong(format!(
                "`{}` is not the report in its record",
                files.report.display()
            )));
        }
        match &kept.lesson {
            Some(id) if !has_lesson(&files.lessons, id)? => {
                return Err(wrong(format!("`{}` does not have its lesson", files.lessons.display())));
            }
            _ => {}
        }
    }
    match kept.tip {
        Some(tip) if !fresh.record_reaches(&kept.handle, tip)? => Err(wrong(format!(
            "its record does not keep the branch's last commit {tip}"
        ))),
        _ => Ok(()),
    }
}

/// Whether a whole line of the file is the lesson `id`. One that a merge has doubled is there, too.
fn has_lesson(path: &Path, id: &str) -> Result<bool, OpsError> {
    let bytes = store::read_if_there(path)?.unwrap_or_default();
    let whole = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .filter(|line| line.ends_with(b"\n"));
    let mut ids = whole.filter_map(|line| Some(serde_json::from_slice::<Lesson>(line).ok()?.id));
    Ok(ids.any(|known| known == id))
}
