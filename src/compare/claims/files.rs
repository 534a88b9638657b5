//! The files that a summary lists, against those that its commits touch.

use super::{Claims, are, code, count, names};
use crate::model::{ClaimStatus, PathPattern, RepoPath};
use std::collections::BTreeSet;

impl Claims<'_> {
    /// Each listed file must be touched in the range; and, where the list is whole, each touched one be listed.
    pub(super) fn files(&self, lane: Option<usize>, paths: &[PathPattern], complete: bool) -> ClaimStatus {
        let claimed: Vec<&PathPattern> = paths.iter().filter(|path| !self.is_own_file(path)).collect();
        let touched = self.touched(lane);
        if claimed.is_empty() && (touched.is_empty() || !complete) {
            return ClaimStatus::Unchecked("it lists only the planning system's own files".into());
        }
        let left: Vec<String> = claimed
            .iter()
            .filter(|path| !self.touched_in_range(path))
            .map(|path| code(&path.to_text()))
            .collect();
        let is_unnamed = |path: &&&RepoPath| complete && !self.is_named(paths, path);
        let unnamed: Vec<String> = touched
            .iter()
            .filter(is_unnamed)
            .map(|path| code(&path.to_string()))
            .collect();
        let mut differences = Vec::new();
        if !unnamed.is_empty() {
            differences.push(format!("{} not named", are(&unnamed)));
        }
        if !left.is_empty() {
            let verb = if left.len() == 1 { "was" } else { "were" };
            differences.push(format!("{} {verb} not touched", super::listed(&left)));
        }
        if differences.is_empty() {
            return match complete {
                true => ClaimStatus::Holds(None),
                false => ClaimStatus::Holds(Some(
                    "the list is half prose, so that only what it names was looked at".into(),
                )),
            };
        }
        let counted = format!("it names {}, git shows {}", count(claimed.len(), "file"), touched.len());
        differences.insert(0, counted);
        ClaimStatus::Contradicted(differences)
    }

    /// Whether the list names the file: of a renamed one either side is enough.
    fn is_named(&self, paths: &[PathPattern], path: &RepoPath) -> bool {
        let renamed = self.facts.history.changes.iter().find(|change| change.path == *path);
        let before = renamed.and_then(|change| change.previous_path.as_ref());
        paths
            .iter()
            .any(|it| names(it, path) || before.is_some_and(|before| names(it, before)))
    }

    /// What the lane's own commits left changed, without the planning system's own files and those made from others.
    fn touched(&self, lane: Option<usize>) -> Vec<&RepoPath> {
        let own = self.own_commits(lane);
        let is_work = |path: &RepoPath| {
            let files = &self.facts.own_files;
            self.facts.scope.declares(path.as_bytes()) || !(files.is_bookkeeping(path) || files.is_derived(path))
        };
        let net = self.facts.history.changes.iter().map(|change| &change.path);
        let touched: BTreeSet<&RepoPath> = net
            .filter(|path| is_work(path) && self.facts.touches.commits(path).any(|commit| own.contains(&commit)))
            .collect();
        touched.into_iter().collect()
    }
}
