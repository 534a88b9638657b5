//! What is looked at before a repository is opened: gix would go on silently where drift has to refuse.

use super::error::{GitError, Refusal};
use std::path::Path;

/// The extensions of format version 1 that drift can live with; `refstorage` only with the value `files`.
const KNOWN_EXTENSIONS: &[&str] = &[
    "noop",
    "noop-v1",
    "objectformat",
    "partialclone",
    "preciousobjects",
    "refstorage",
    "relativeworktrees",
    "worktreeconfig",
];

/// Refuses repositories whose format drift does not know, and those that pretend another history than they hold.
pub(super) fn check(common_dir: &Path) -> Result<(), GitError> {
    let grafts = common_dir.join("info/grafts");
    if grafts.exists() {
        return Err(refused(Refusal::Grafts(grafts)));
    }
    let path = common_dir.join("config");
    if !path.exists() {
        return Ok(());
    }
    let config = gix::config::File::from_path_no_includes(path, gix::config::Source::Local)
        .map_err(GitError::gix("reading the repository's configuration"))?;
    match format_refusal(&config) {
        Some(refusal) => Err(refused(refusal)),
        None => Ok(()),
    }
}

fn refused(what: Refusal) -> GitError {
    GitError::Refused { what }
}

/// What of `core.repositoryFormatVersion` and `extensions.*` drift does not know.
fn format_refusal(config: &gix::config::File) -> Option<Refusal> {
    let storage = config.string("extensions.refStorage").map(|value| value.to_string());
    if let Some(storage) = storage.filter(|value| value != "files") {
        return Some(Refusal::RefStorage(storage));
    }
    let version = config.string("core.repositoryFormatVersion");
    match version.as_ref().map(|value| value.to_string()).as_deref() {
        // Format 0 knows no extensions: git ignores what else is named there.
        None | Some("0") => None,
        Some("1") => unknown_extension(config).map(Refusal::Extension),
        Some(other) => Some(Refusal::FormatVersion(other.to_owned())),
    }
}

fn unknown_extension(config: &gix::config::File) -> Option<String> {
    config
        .sections_by_name("extensions")?
        .flat_map(|section| section.value_names().collect::<Vec<_>>())
        .find(|name| !KNOWN_EXTENSIONS.contains(&name.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::{Refusal, format_refusal};

    fn refusal(text: &str) -> Option<Refusal> {
        let config = gix::config::File::try_from(text).unwrap();
        format_refusal(&config)
    }

    #[test]
    fn known_formats_pass() {
        for text in [
            "",
            "[core]\nrepositoryformatversion = 0\n[extensions]\nnever = heard of it\n",
            "[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = sha256\nworktreeConfig = true\n",
            "[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = files\npartialClone = origin\n",
        ] {
            assert_eq!(refusal(text), None, "{text}");
        }
    }

    #[test]
    fn unknown_formats_are_named() {
        let first = "[core]\nrepositoryformatversion = 1\n";
        assert_eq!(
            refusal(&format!("{first}[extensions]\nrefstorage = reftable\n")),
            Some(Refusal::RefStorage("reftable".into()))
        );
        assert_eq!(
            refusal(&format!("{first}[extensions]\nNever = heard\n")),
            Some(Refusal::Extension("Never".into()))
        );
        assert_eq!(
            refusal("[core]\nrepositoryformatversion = 2\n"),
            Some(Refusal::FormatVersion("2".into()))
        );
    }
}
