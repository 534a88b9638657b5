//! Where drift's own files live.

use super::StoreError;
use crate::model::Handle;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A folder that holds drift's files: `config.yaml`, `lessons.jsonl`, `trust_metrics.json`, and `runs/`.
///
/// A value of this type is only names: nothing is made until something is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    root: PathBuf,
}

impl Home {
    /// The home that all worktrees of a repository share, where what outlasts a run is kept.
    ///
    /// It is `.drift` in the primary worktree, also for those who work in a linked one: theirs goes away with the
    /// worktree. A bare repository has no worktree, and with `local` nothing is to be committed: then it is `drift` in
    /// the git directory that the worktrees share.
    pub fn of(main_workdir: Option<&Path>, common_dir: &Path, local: bool) -> Self {
        let root = match main_workdir {
            Some(workdir) if !local => workdir.join(".drift"),
            _ => common_dir.join("drift"),
        };
        Self { root }
    }

    /// The home inside one worktree, where the drafts of the runs that are planned there are written.
    pub fn in_worktree(workdir: &Path) -> Self {
        Self {
            root: workdir.join(".drift"),
        }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The repository's policy.
    pub fn config(&self) -> PathBuf {
        self.root.join("config.yaml")
    }

    /// One line a run.
    pub fn lessons(&self) -> PathBuf {
        self.root.join("lessons.jsonl")
    }

    /// What is computed from the lessons.
    pub fn trust_metrics(&self) -> PathBuf {
        self.root.join("trust_metrics.json")
    }

    /// The folder with one folder a run.
    pub fn runs_dir(&self) -> PathBuf {
        self.root.join("runs")
    }

    /// The folder of one run.
    pub fn run_dir(&self, handle: &Handle) -> PathBuf {
        self.runs_dir().join(handle.to_string())
    }

    /// The runs that have a folder here, in the order of their names; folders that are named otherwise don't count.
    pub fn runs(&self) -> Result<Vec<Handle>, StoreError> {
        let folder = self.runs_dir();
        let entries = match fs::read_dir(&folder) {
            Err(source) if source.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(StoreError::io("list", &folder))?,
        };
        let mut handles = Vec::new();
        for entry in entries {
            let entry = entry.map_err(StoreError::io("list", &folder))?;
            let is_folder = entry
                .file_type()
                .map_err(StoreError::io("look at", &entry.path()))?
                .is_dir();
            let handle = entry.file_name().to_str().and_then(|name| name.parse().ok());
            handles.extend(handle.filter(|_| is_folder));
        }
        handles.sort();
        Ok(handles)
    }
}

#[cfg(test)]
mod tests {
    use super::Home;
    use std::path::Path;

    #[test]
    fn the_home_is_in_the_primary_worktree_unless_there_is_none_or_it_is_local() {
        let common = Path::new("/r/.git");
        assert_eq!(
            Home::of(Some(Path::new("/r")), common, false).root(),
            Path::new("/r/.drift")
        );
        assert_eq!(
            Home::of(Some(Path::new("/r")), common, true).root(),
            Path::new("/r/.git/drift")
        );
        assert_eq!(
            Home::of(None, Path::new("/r.git"), false).root(),
            Path::new("/r.git/drift")
        );
    }

    #[test]
    fn every_file_has_its_place() {
        let home = Home::in_worktree(Path::new("/w"));
        let handle = "add-login-0a1b2c3d".parse().unwrap();
        assert_eq!(home.run_dir(&handle), Path::new("/w/.drift/runs/add-login-0a1b2c3d"));
        assert_eq!(home.lessons(), Path::new("/w/.drift/lessons.jsonl"));
        assert_eq!(home.trust_metrics(), Path::new("/w/.drift/trust_metrics.json"));
        assert_eq!(home.config(), Path::new("/w/.drift/config.yaml"));
    }
}
