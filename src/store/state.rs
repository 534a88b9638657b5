//! The folder for what only this machine knows: outside of every repository, so that no clone brings it along.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// drift's own folder among a user's state, as the environment names it; `None` where it names no absolute place.
///
/// It is `drift` in XDG_STATE_HOME; without that variable in `~/.local/state`, or where macOS keeps such things.
pub fn state_folder(variables: &BTreeMap<OsString, OsString>) -> Option<PathBuf> {
    let absolute = |name: &str| {
        let value = variables.get(OsStr::new(name)).map(Path::new);
        value.filter(|path| path.is_absolute()).map(Path::to_owned)
    };
    let of_home = || Some(absolute("HOME")?.join(BELOW_HOME));
    Some(absolute("XDG_STATE_HOME").or_else(of_home)?.join("drift"))
}

/// Where the platform keeps state, below a user's home.
const BELOW_HOME: &str = if cfg!(target_os = "macos") {
    "Library/Application Support"
} else {
    ".local/state"
};

/// Whether `path` lies in `folder` or is it, links followed as far as the path exists.
pub fn lies_in(path: &Path, folder: &Path) -> bool {
    let existing = path.ancestors().find_map(|above| std::fs::canonicalize(above).ok());
    let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    existing.is_some_and(|existing| existing.starts_with(&folder)) || path.starts_with(&folder)
}

/// Removes the file; whether there was one.
pub fn remove(path: &Path) -> Result<bool, super::StoreError> {
    match std::fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(super::StoreError::io("remove", path)(error)),
    }
}

#[cfg(all(test, not(target_os = "macos")))]
mod tests {
    use super::state_folder;
    use std::path::PathBuf;

    fn folder(variables: &[(&str, &str)]) -> Option<PathBuf> {
        state_folder(
            &variables
                .iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }

    #[test]
    fn the_folder_follows_the_environment_and_never_the_current_directory() {
        assert_eq!(folder(&[("HOME", "/h")]), Some("/h/.local/state/drift".into()));
        assert_eq!(
            folder(&[("HOME", "/h"), ("XDG_STATE_HOME", "/s")]),
            Some("/s/drift".into())
        );
        assert_eq!(
            folder(&[("HOME", "/h"), ("XDG_STATE_HOME", "s")]),
            Some("/h/.local/state/drift".into())
        );
        assert_eq!(folder(&[("HOME", "")]), None);
        assert_eq!(folder(&[]), None);
    }
}
