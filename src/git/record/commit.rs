//! The objects of one transition: blobs, trees and the commit, on disk before a ref names them.

use super::RecordChange;
use crate::git::durable;
use crate::git::error::GitError;
use crate::git::ids;
use crate::git::open::Repository;
use crate::git::record_error::RecordError;
use gix::bstr::BStr;
use gix::objs::tree::EntryKind;
use std::collections::BTreeMap;

impl Repository {
    /// Writes the objects of a transition that follows `tip`, and returns its commit. No ref names it yet.
    pub(super) fn write_transition(
        &self,
        name: &str,
        tip: Option<gix::ObjectId>,
        change: &RecordChange,
    ) -> Result<gix::ObjectId, GitError> {
        let objects = self.objects_folder()?;
        let mut written = Vec::new();
        let tree = self.write_tree(name, tip, &change.files, &mut written)?;
        let parents = self.parents(name, tip, change)?;
        let draft = self.users_draft(tree, parents, message(change), change.time)?;
        let commit = match change.sign {
            true => self.write_signed_commit(&draft)?,
            false => self.write_commit(draft)?,
        };
        written.push(commit);
        durable::sync_objects(&objects, &written)?;
        Ok(commit)
    }

    /// The tree of `tip` with `files` changed. The ids of all objects that it needs go into `written`.
    pub(super) fn write_tree(
        &self,
        name: &str,
        tip: Option<gix::ObjectId>,
        files: &BTreeMap<String, Option<Vec<u8>>>,
        written: &mut Vec<gix::ObjectId>,
    ) -> Result<gix::ObjectId, GitError> {
        let doing = "writing a record";
        let before = match tip {
            Some(tip) => self
                .ref_commit(name, tip)?
                .tree_id()
                .map_err(GitError::gix(doing))?
                .detach(),
            None => self.gix().empty_tree().id,
        };
        let mut editor = self.gix().edit_tree(before).map_err(GitError::gix(doing))?.detach();
        for (path, content) in files {
            check_path(path)?;
            let parts = path.split('/').map(<&BStr>::from);
            match content {
                None => editor.remove(parts).map_err(GitError::gix(doing))?,
                Some(content) => {
                    let blob = self.gix().write_blob(content).map_err(GitError::gix(doing))?.detach();
                    written.push(blob);
                    editor
                        .upsert(parts, EntryKind::Blob, blob)
                        .map_err(GitError::gix(doing))?
                }
            };
        }
        editor.write(|tree| {
            let id = self.gix().write_object(tree).map_err(GitError::gix(doing))?.detach();
            written.push(id);
            Ok(id)
        })
    }

    fn parents(
        &self,
        name: &str,
        tip: Option<gix::ObjectId>,
        change: &RecordChange,
    ) -> Result<Vec<gix::ObjectId>, GitError> {
        let Some(kept) = change.also_keeps else {
            return Ok(tip.into_iter().collect());
        };
        // As the only parent it would be taken for the transition before.
        let tip = tip.ok_or_else(|| RecordError::NothingToKeepWith { name: name.to_owned() })?;
        let kept = ids::to_gix(kept);
        self.ref_commit(name, kept)?;
        Ok(vec![tip, kept])
    }
}

/// An error unless each part of `path` can be the name of a file on any machine.
fn check_path(path: &str) -> Result<(), GitError> {
    let options = gix::validate::path::component::Options {
        protect_windows: false,
        ..Default::default()
    };
    let is_valid = |part: &str| gix::validate::path::component(part.into(), None, options).is_ok();
    if path.split('/').all(is_valid) && !path.contains('\0') {
        return Ok(());
    }
    Err(RecordError::FileName { file: path.to_owned() }.into())
}

/// The subject `transition: detail`, and the body.
fn message(change: &RecordChange) -> String {
    let detail = one_line(&change.detail);
    let separator = if detail.is_empty() { "" } else { ": " };
    let subject = format!("{}{separator}{detail}\n", change.transition.name());
    let body: String = change
        .body
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    match body.trim() {
        "" => subject,
        _ => format!("{subject}\n{}\n", body.trim_end()),
    }
}

fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
