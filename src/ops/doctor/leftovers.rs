//! Files that a drift was writing when it was killed: nobody reads them.

use super::patient::{Patient, shown, that_stay};
use super::{Ailment, Check};
use crate::model::shell_word;
use crate::ops::OpsError;
use crate::store::{self, Home};
use std::path::{Path, PathBuf};

pub(super) const CHECK: Check = Check {
    name: "leftovers",
    looks_at: "files that a killed drift never finished, in .drift of each worktree and in the git directory",
    mends: Some("takes them away: what they were to become is there in its old form, and nothing reads them"),
    run,
};

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    let mut folders = vec![patient.repository.common_dir().join("drift")];
    for worktree in patient.present_worktrees()? {
        folders.push(Home::in_worktree(&worktree.path).root().to_owned());
    }
    let mut left = Vec::new();
    for folder in folders.iter().filter(|folder| store::is_folder(folder)) {
        left.extend(
            store::files_below(folder)?
                .into_iter()
                .filter(|path| is_unfinished(path)),
        );
    }
    for path in that_stay(left) {
        found.push(ailment(path));
    }
    Ok(())
}

fn is_unfinished(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(store::is_temporary)
}

fn ailment(path: PathBuf) -> Ailment {
    let place = shown(&path);
    Ailment::warning("a drift that was killed has left this unfinished file", place.as_str())
        .command(format!("rm {}", shell_word(&place)))
        .mended_by(move |_| {
            store::remove_file(&path)?;
            Ok(Some(format!("took away {}", path.display())))
        })
}
