//! Whether a derived file follows from planned ones.
//!
//! A lock file does where something planned was touched in or below its folder, or where its manifest is declared
//! beside it or in a folder above. Any other derived file (snapshot, generated code) does where something planned was
//! touched in or below the folder that holds its own folder: `src/__snapshots__/a.snap` follows from `src/a.test.ts`.

use super::scope::Scope;
use crate::model::RepoPath;
use bstr::ByteSlice;
use std::collections::HashSet;

/// Lock files by name, each with the manifests that it is made from.
const LOCKS: &[(&str, &[&str])] = &[
    ("Cargo.lock", &["Cargo.toml"]),
    ("Gemfile.lock", &["Gemfile"]),
    ("Package.resolved", &["Package.swift"]),
    ("Pipfile.lock", &["Pipfile"]),
    ("Podfile.lock", &["Podfile"]),
    ("bun.lock", &["package.json"]),
    ("bun.lockb", &["package.json"]),
    ("composer.lock", &["composer.json"]),
    ("deno.lock", &["deno.json", "deno.jsonc", "package.json"]),
    ("flake.lock", &["flake.nix"]),
    ("go.sum", &["go.mod"]),
    ("go.work.sum", &["go.work", "go.mod"]),
    ("gradle.lockfile", &["build.gradle", "build.gradle.kts"]),
    ("mix.lock", &["mix.exs"]),
    ("npm-shrinkwrap.json", &["package.json"]),
    ("package-lock.json", &["package.json"]),
    ("packages.lock.json", &["Directory.Packages.props"]),
    ("pdm.lock", &["pyproject.toml"]),
    ("pnpm-lock.yaml", &["package.json", "pnpm-workspace.yaml"]),
    ("poetry.lock", &["pyproject.toml"]),
    ("pubspec.lock", &["pubspec.yaml"]),
    ("uv.lock", &["pyproject.toml"]),
    ("yarn.lock", &["package.json"]),
];

/// The folders in or below which something planned was touched.
pub(super) struct PlannedFolders<'a> {
    folders: HashSet<&'a [u8]>,
}

impl<'a> PlannedFolders<'a> {
    pub fn new(planned: impl Iterator<Item = &'a RepoPath>) -> Self {
        let mut folders = HashSet::new();
        for path in planned {
            let mut folder = Some(path.as_bytes());
            while let Some(inner) = folder {
                folder = folder_above(inner);
                // A folder that is known has all its parents known.
                if folder.is_some_and(|it| !folders.insert(it)) {
                    break;
                }
            }
        }
        Self { folders }
    }

    /// Whether the derived file `path` follows from what is planned.
    pub fn hold_source_of(&self, path: &RepoPath, scope: &Scope<'_>) -> bool {
        let own = path.folder().as_bytes();
        match LOCKS.iter().find(|(name, _)| *name == path.file_name()) {
            Some((_, manifests)) => self.folders.contains(own) || declares_manifest(own, manifests, scope),
            None => self.folders.contains(folder_above(own).unwrap_or_default()),
        }
    }
}

fn declares_manifest(folder: &[u8], manifests: &[&str], scope: &Scope<'_>) -> bool {
    let mut place = Some(folder);
    while let Some(folder) = place {
        let beside = |name: &&str| match folder {
            b"" => scope.declares(name.as_bytes()),
            _ => scope.declares(&[folder, b"/", name.as_bytes()].concat()),
        };
        if manifests.iter().any(beside) {
            return true;
        }
        place = folder_above(folder);
    }
    false
}

/// The folder that holds `path`; `None` above the top.
fn folder_above(path: &[u8]) -> Option<&[u8]> {
    match path.rfind_byte(b'/') {
        Some(slash) => Some(&path[..slash]),
        None => (!path.is_empty()).then_some(b""),
    }
}

#[cfg(test)]
mod tests {
    use super::{PlannedFolders, Scope};
    use crate::model::{Declaration, Lane, PathPattern, Plan, PlanLocation, RepoPath};

    fn follows(derived: &str, touched: &[&str], declared: &[&str]) -> bool {
        let declaration = |text: &&str| Declaration {
            pattern: PathPattern::parse(text).unwrap(),
            action: None,
            reason: None,
            location: PlanLocation::default(),
        };
        let plan = Plan {
            lanes: vec![Lane {
                allowed: declared.iter().map(declaration).collect(),
                ..Lane::default()
            }],
            ..Plan::default()
        };
        let touched: Vec<RepoPath> = touched.iter().map(|path| RepoPath::from(*path)).collect();
        PlannedFolders::new(touched.iter()).hold_source_of(&derived.into(), &Scope::new(&plan))
    }

    #[test]
    fn a_lock_follows_from_what_is_below_its_folder_or_from_its_manifest() {
        assert!(follows("web/yarn.lock", &["web/src/a.ts"], &[]));
        assert!(!follows("web/yarn.lock", &["server/a.ts"], &[]));
        assert!(follows("web/yarn.lock", &["server/a.ts"], &["package.json"]));
        assert!(!follows("web/yarn.lock", &["server/a.ts"], &["web/app/package.json"]));
        assert!(!follows("yarn.lock", &[], &[]));
        assert!(follows("yarn.lock", &["deep/down/a.ts"], &[]));
    }

    #[test]
    fn a_snapshot_follows_from_what_is_below_the_folder_above() {
        assert!(follows("web/__snapshots__/a.snap", &["web/a.test.ts"], &[]));
        assert!(follows("web/__snapshots__/a.snap", &["web/deep/a.ts"], &[]));
        assert!(!follows("web/__snapshots__/a.snap", &["server/a.ts"], &["web/"]));
    }
}
