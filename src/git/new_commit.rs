//! The commits that drift itself writes: who signs them, where their objects go, and what a ref of drift's may name.

use super::error::GitError;
use super::objects;
use super::open::{Repository, resolved};
use super::record_error::RecordError;
use gix::bstr::{BStr, BString, ByteSlice};
use std::path::PathBuf;

/// A commit in the making.
pub(super) struct Draft {
    pub tree: gix::ObjectId,
    pub parents: Vec<gix::ObjectId>,
    pub message: String,
    pub author: gix::actor::Signature,
    pub committer: gix::actor::Signature,
}

impl Repository {
    /// A commit of the user's at `time`.
    pub(super) fn users_draft(
        &self,
        tree: gix::ObjectId,
        parents: Vec<gix::ObjectId>,
        message: String,
        time: i64,
    ) -> Result<Draft, GitError> {
        Ok(Draft {
            tree,
            parents,
            message,
            author: self.users_signature(["author.name", "author.email"], time),
            committer: self.users_signature(["committer.name", "committer.email"], time),
        })
    }

    /// What git says of the user at `time`: the variables that gix has put over these `keys`, else the configuration, else
    /// EMAIL; drift itself where git knows nobody.
    ///
    /// gix would say the same, and on the way read the whole database of time zones to say what time it is.
    fn users_signature(&self, keys: [&str; 2], time: i64) -> gix::actor::Signature {
        let snapshot = self.gix().config_snapshot();
        let config = snapshot.plumbing();
        let first = |keys: &[&str]| keys.iter().find_map(|key| config.string(*key));
        let name = first(&[keys[0], "user.name"]);
        let email = first(&[keys[1], "user.email", "gitoxide.user.emailFallback"]);
        signature(
            name.as_ref().map(AsRef::as_ref),
            email.as_ref().map(AsRef::as_ref),
            time,
        )
    }

    /// A commit that joins two others and depends on nothing else: whoever joins the same two writes the same commit, so
    /// that clones which join at the same time have nothing left to join.
    pub(super) fn joining_draft(
        &self,
        name: &str,
        tree: gix::ObjectId,
        mut parents: [gix::ObjectId; 2],
        message: &str,
    ) -> Result<Draft, GitError> {
        parents.sort();
        let mut newest = 0;
        for parent in parents {
            newest = newest.max(self.commit_time(name, parent)?);
        }
        let drift = signature(None, None, newest);
        Ok(Draft {
            tree,
            parents: parents.into(),
            message: message.to_owned(),
            author: drift.clone(),
            committer: drift,
        })
    }

    fn commit_time(&self, name: &str, id: gix::ObjectId) -> Result<i64, GitError> {
        let time = self.ref_commit(name, id)?.time();
        Ok(time.map_err(GitError::gix("reading a commit's time"))?.seconds)
    }

    /// Writes the commit as an object, unsigned and not yet synced.
    pub(super) fn write_commit(&self, draft: Draft) -> Result<gix::ObjectId, GitError> {
        let commit = gix::objs::Commit {
            tree: draft.tree,
            parents: draft.parents.into_iter().collect(),
            author: draft.author,
            committer: draft.committer,
            encoding: None,
            message: draft.message.into(),
            extra_headers: Vec::new(),
        };
        let written = self.gix().write_object(&commit);
        Ok(written.map_err(GitError::gix("writing a commit"))?.detach())
    }

    /// Where new objects go, which has to be where everybody looks for what this repository's refs name.
    pub(super) fn objects_folder(&self) -> Result<PathBuf, GitError> {
        let own = self.common_dir().join("objects");
        let used = self.gix().objects.store_ref().path();
        if resolved(used) != resolved(&own) {
            return Err(RecordError::ObjectsElsewhere.into());
        }
        Ok(own)
    }

    /// The commit `id`, which the ref `name` of drift's leads to.
    pub(super) fn ref_commit(&self, name: &str, id: gix::ObjectId) -> Result<gix::Commit<'_>, GitError> {
        let object = self.object(id)?;
        let kind = object.kind;
        object.try_into_commit().map_err(|_| {
            let (name, what) = (name.to_owned(), format!("{id} is a {kind}, not a commit"));
            RecordError::NotARecord { name, what }.into()
        })
    }

    /// The object `id`; an error by name if it is missing.
    pub(super) fn object(&self, id: gix::ObjectId) -> Result<gix::Object<'_>, GitError> {
        match self
            .gix()
            .try_find_object(id)
            .map_err(GitError::gix("reading an object"))?
        {
            Some(object) => Ok(object),
            None => Err(objects::missing(self.gix(), id)),
        }
    }
}

/// A signature of somebody, or of drift itself where nobody is known.
fn signature(name: Option<&BStr>, email: Option<&BStr>, time: i64) -> gix::actor::Signature {
    gix::actor::Signature {
        name: without_crud(name.unwrap_or("drift".into())),
        email: without_crud(email.unwrap_or("drift@localhost".into())),
        time: gix::date::Time::new(time, 0),
    }
}

/// Takes out what would end a name in a commit, as git does.
fn without_crud(text: &BStr) -> BString {
    let ends_a_name = |byte: &u8| matches!(byte, b'<' | b'>' | b'\n' | b'\0');
    let kept: Vec<u8> = text.bytes().filter(|byte| !ends_a_name(byte)).collect();
    kept.trim().into()
}
