//! Signed transitions: git signs and verifies them with the user's own keys, as it does for every commit.

use crate::git::error::GitError;
use crate::git::ids;
use crate::git::new_commit::Draft;
use crate::git::open::Repository;
use crate::git::program::{GitAnswer, GitCall};
use crate::model::{ApprovalState, ObjectId};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

impl Repository {
    /// How far the commit of a transition can be believed.
    ///
    /// A signature that git does not accept is a bad one, whatever the reason: changed text, an unknown or expired key, or
    /// a program or file for verifying that is missing here.
    pub fn signature_state(&self, commit: ObjectId) -> Result<ApprovalState, GitError> {
        let doing = "reading a signature";
        let found = self
            .gix()
            .find_commit(ids::to_gix(commit))
            .map_err(GitError::gix(doing))?;
        if found.signature().map_err(GitError::gix(doing))?.is_none() {
            return Ok(ApprovalState::Unsigned);
        }
        let id = commit.to_string();
        let answer = self.ask_git(&GitCall {
            arguments: &["verify-commit".as_ref(), "--raw".as_ref(), id.as_ref()],
            input: b"",
            variables: &[],
        })?;
        Ok(match answer.status {
            Some(0) => ApprovalState::Signed,
            _ => ApprovalState::BadSignature(reason(&answer)),
        })
    }

    /// Has git write and sign the commit `draft`.
    pub(super) fn write_signed_commit(&self, draft: &Draft) -> Result<gix::ObjectId, GitError> {
        let mut arguments: Vec<OsString> = vec!["commit-tree".into(), "-S".into(), draft.tree.to_string().into()];
        for parent in &draft.parents {
            arguments.extend(["-p".into(), parent.to_string().into()]);
        }
        let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
        let date = format!("{} +0000", draft.committer.time.seconds);
        let call = GitCall {
            arguments: &arguments,
            input: draft.message.as_bytes(),
            variables: &[
                ("GIT_AUTHOR_NAME", OsStr::from_bytes(&draft.author.name)),
                ("GIT_AUTHOR_EMAIL", OsStr::from_bytes(&draft.author.email)),
                ("GIT_AUTHOR_DATE", date.as_ref()),
                ("GIT_COMMITTER_NAME", OsStr::from_bytes(&draft.committer.name)),
                ("GIT_COMMITTER_EMAIL", OsStr::from_bytes(&draft.committer.email)),
                ("GIT_COMMITTER_DATE", date.as_ref()),
            ],
        };
        let printed = self.tell_git(&call)?;
        let id = gix::ObjectId::from_hex(printed.trim_ascii());
        id.map_err(GitError::gix("reading the id of a signed commit"))
    }
}

/// Why git did not accept a signature, in one line.
fn reason(answer: &GitAnswer) -> String {
    const TELLING: [(&str, &str); 6] = [
        ("BADSIG", "the commit is not what was signed"),
        ("EXPKEYSIG", "the key has expired"),
        ("EXPSIG", "the signature has expired"),
        ("REVKEYSIG", "the key was revoked"),
        ("NO_PUBKEY", "the key is not known on this machine"),
        ("ERRSIG", "the signature can't be checked"),
    ];
    let status_words = |line: &'_ str| {
        line.strip_prefix("[GNUPG:] ")
            .and_then(|rest| rest.split(' ').next().map(str::to_owned))
    };
    let words: Vec<_> = answer.stderr.lines().filter_map(status_words).collect();
    let known = TELLING.iter().find(|(word, _)| words.iter().any(|found| found == word));
    if let Some((_, meaning)) = known {
        return (*meaning).to_owned();
    }
    let said = answer.stderr.lines().map(str::trim).rfind(|line| !line.is_empty());
    said.unwrap_or("git does not accept it and does not say why").to_owned()
}
