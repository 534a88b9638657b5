//! One attribute of one path, as git itself says it.

use super::error::GitError;
use super::open::Repository;
use super::program::{GitCall, failure};
use std::ffi::OsStr;
use std::path::Path;

impl Repository {
    /// What git says of `attribute` for `path` in the worktree at `top`: `set`, `unset`, `unspecified`, or its value.
    pub fn attribute_of(&self, top: &Path, path: &str, attribute: &str) -> Result<String, GitError> {
        let arguments = ["check-attr", "-z", attribute, "--", path].map(OsStr::new);
        let call = GitCall {
            arguments: &arguments,
            input: b"",
            variables: &[],
        };
        let answer = self.ask_git_at(self.common_dir(), Some(top), &call)?;
        if answer.status != Some(0) {
            return Err(failure(&call, answer).into());
        }
        let said = answer.stdout.split(|byte| *byte == 0).nth(2).unwrap_or_default();
        Ok(String::from_utf8_lossy(said).into_owned())
    }
}
