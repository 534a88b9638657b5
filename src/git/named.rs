//! What a repository knows of a commit that somebody names: where it is, and what it became.

use super::error::GitError;
use super::open::Repository;
use super::patch_id::PathSets;
use super::{ids, objects};
use crate::model::{History, NamedCommit, ObjectId};
use gix::prelude::ObjectIdExt;
use std::collections::{BTreeMap, HashSet};

impl Repository {
    /// Where each of these commits, named by ids or their beginnings, is to be found beside `history`.
    ///
    /// A commit outside of the range is looked for in it by what it changes, then by its subject.
    pub fn named_commits(
        &self,
        names: &[String],
        history: &History,
    ) -> Result<BTreeMap<String, NamedCommit>, GitError> {
        let mut search = Search {
            repository: self,
            history,
            branches: None,
        };
        let found = names.iter().map(|name| Ok((name.clone(), search.find(name)?)));
        found.collect()
    }
}

/// The search for several commits beside one range; what is asked twice is kept.
struct Search<'a> {
    repository: &'a Repository,
    history: &'a History,
    /// The commits that branches, tags and worktrees lead to.
    branches: Option<HashSet<ObjectId>>,
}

impl Search<'_> {
    fn find(&mut self, name: &str) -> Result<NamedCommit, GitError> {
        let mut own = self
            .history
            .commits
            .iter()
            .filter(|commit| commit.id.to_string().starts_with(name));
        if let Some(commit) = own.next() {
            return Ok(match own.next() {
                None => NamedCommit::InRange(commit.id),
                Some(_) => NamedCommit::Ambiguous,
            });
        }
        let commit = match self.lookup(name)? {
            Ok(commit) => commit,
            Err(unknown) => return Ok(unknown),
        };
        let target = self.history.target;
        let base = self.repository.merge_base(commit, target)?;
        if base == Some(commit) {
            return Ok(NamedCommit::Before(commit));
        }
        if base == Some(target) {
            return Ok(NamedCommit::After(commit));
        }
        Ok(NamedCommit::Elsewhere {
            commit,
            reachable: self.is_reachable(commit)?,
            became: self.became(commit)?,
        })
    }

    /// The commit whose id begins like this; else why there is none.
    fn lookup(&self, name: &str) -> Result<Result<ObjectId, NamedCommit>, GitError> {
        let repo = self.repository.gix();
        let doing = "looking for a commit by its id";
        let Ok(prefix) = gix::hash::Prefix::from_hex(name) else {
            return Ok(Err(NamedCommit::Absent));
        };
        match repo.objects.lookup_prefix(prefix, None).map_err(GitError::gix(doing))? {
            Some(Err(())) => Ok(Err(NamedCommit::Ambiguous)),
            None if self.history.shallow || objects::is_partial_clone(repo) => Ok(Err(NamedCommit::BeyondTheClone)),
            None => Ok(Err(NamedCommit::Absent)),
            Some(Ok(id)) => {
                let header = id.attach(repo).header().map_err(GitError::gix(doing))?;
                let is_commit = header.kind() == gix::objs::Kind::Commit;
                Ok(is_commit.then(|| ids::to_model(&id)).ok_or(NamedCommit::Absent))
            }
        }
    }

    fn is_reachable(&mut self, commit: ObjectId) -> Result<bool, GitError> {
        if self.branches.is_none() {
            self.branches = Some(self.repository.commits_of_branches()?.into_iter().collect());
        }
        Ok(self
            .branches
            .as_ref()
            .is_some_and(|branches| branches.contains(&commit)))
    }

    /// The commit of the range that makes the same change; else the only one with the same subject.
    fn became(&self, commit: ObjectId) -> Result<Option<ObjectId>, GitError> {
        let own = self.repository.patches(&[commit], 1, None)?.pop().flatten();
        if let Some(patch) = own
            && let Some(id) = patch.id
            && let Some(at) = self
                .patches(&patch.paths)?
                .iter()
                .position(|other| *other == Some(id.clone()))
        {
            return Ok(Some(self.history.commits[at].id));
        }
        let Some(subject) = self.repository.subject(commit)? else {
            return Ok(None);
        };
        let mut same = self
            .history
            .commits
            .iter()
            .filter(|it| !it.is_merge() && it.subject() == subject);
        let first = same.next().map(|it| it.id);
        Ok(first.filter(|_| same.next().is_none()))
    }

    /// The names of the changes that the range's commits make, as far as they touch exactly these paths.
    fn patches(&self, paths: &[crate::model::RepoPath]) -> Result<Vec<Option<String>>, GitError> {
        let commits: Vec<ObjectId> = self.history.commits.iter().map(|commit| commit.id).collect();
        let only: PathSets = [paths.to_vec()].into();
        let patches = self.repository.patches(&commits, 1, Some(&only))?;
        Ok(patches.into_iter().map(|patch| patch?.id).collect())
    }
}
