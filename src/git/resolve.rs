//! From a name to a commit: whatever git takes for a revision, and an error with a way out for what it does not.

use super::error::GitError;
use super::open::Repository;
use super::{ids, listing, objects};
use crate::model::{ObjectId, nearest, printable};
use gix::bstr::ByteSlice;
use gix::objs::Kind;
use gix::revision::plumbing::Spec;
use gix::revision::spec::parse::Error as ParseError;

/// Longer texts are no revisions that anybody means.
const MAX_LENGTH: usize = 4096;
/// How many names are looked at for a proposal.
const MAX_NAMES: usize = 20_000;

impl Repository {
    /// The commit that `rev` names: a branch, tag, id, short id, or an expression like `HEAD~2` and `@{upstream}`.
    pub fn resolve_commit(&self, rev: &str) -> Result<ObjectId, GitError> {
        let id = self.resolve_object(rev)?;
        let (id, kind) = self.untagged(id)?;
        if kind == Kind::Commit {
            return Ok(ids::to_model(&id));
        }
        Err(GitError::NotACommit {
            rev: shown(rev),
            kind: kind.to_string(),
        })
    }

    /// The revision that work is compared with where nobody says otherwise: what origin calls its default, else
    /// `origin/main`, `origin/master`, `main` or `master`, whichever exists first.
    pub fn default_base(&self) -> Result<Option<String>, GitError> {
        let head = self.find_reference("refs/remotes/origin/HEAD")?;
        let default = head.and_then(|head| {
            let name = head.target().try_name()?.shorten().to_str().ok()?.to_owned();
            Some((format!("refs/remotes/{name}"), name))
        });
        let usual = [
            ("refs/remotes/origin/main", "origin/main"),
            ("refs/remotes/origin/master", "origin/master"),
            ("refs/heads/main", "main"),
            ("refs/heads/master", "master"),
        ];
        let usual = usual.map(|(full, short)| (full.to_owned(), short.to_owned()));
        for (full, short) in default.into_iter().chain(usual) {
            if self.find_reference(&full)?.is_some() {
                return Ok(Some(short));
            }
        }
        Ok(None)
    }

    /// The content of the file `path` in the tree of `rev`, as `git show REV:PATH` prints it.
    pub fn read_rev_path(&self, rev: &str, path: &str) -> Result<Vec<u8>, GitError> {
        let tree = self.resolve_tree(rev)?;
        let inside = path.strip_prefix("./").unwrap_or(path);
        let content = listing::blob(self.gix(), tree, inside.as_bytes())?;
        content.ok_or_else(|| GitError::NoSuchPath {
            rev: shown(rev),
            path: shown(path),
        })
    }

    /// The tree that `rev` names, by itself or as a commit's.
    fn resolve_tree(&self, rev: &str) -> Result<gix::ObjectId, GitError> {
        let id = self.resolve_object(rev)?;
        match self.untagged(id)? {
            (id, Kind::Tree) => Ok(id),
            (id, Kind::Commit) => objects::tree_of_commit(self.gix(), id),
            (_, kind) => Err(GitError::NotACommit {
                rev: shown(rev),
                kind: kind.to_string(),
            }),
        }
    }

    /// What `id` is, or what it is a tag of.
    fn untagged(&self, mut id: gix::ObjectId) -> Result<(gix::ObjectId, Kind), GitError> {
        loop {
            let object = self.find(id)?;
            if object.kind != Kind::Tag {
                return Ok((id, object.kind));
            }
            let tag = object.try_to_tag_ref().map_err(GitError::gix("reading a tag"))?;
            id = tag.target();
        }
    }

    /// The object that `rev` names, tags not peeled.
    fn resolve_object(&self, rev: &str) -> Result<gix::ObjectId, GitError> {
        if let Some(why) = malformed(rev) {
            let rev = shown(rev);
            return Err(GitError::MalformedRevision { rev, why });
        }
        match self.gix().rev_parse(rev.as_bytes().as_bstr()) {
            Ok(spec) => match spec.detach() {
                Spec::Include(id) => Ok(id),
                _ => Err(GitError::MalformedRevision {
                    rev: shown(rev),
                    why: "it names more than one commit",
                }),
            },
            Err(error) => Err(self.unresolved(rev, &error)),
        }
    }

    /// Why `rev` did not resolve.
    fn unresolved(&self, rev: &str, error: &gix::Error) -> GitError {
        let shown = shown(rev);
        let ambiguous = error
            .iter_errors()
            .find_map(|cause| match cause.downcast_ref::<ParseError>() {
                Some(ParseError::AmbiguousPrefix { candidates, .. }) => Some(candidates),
                _ => None,
            });
        if let Some(candidates) = ambiguous {
            let candidates = candidates.iter().map(|(prefix, _)| prefix.to_string()).collect();
            return GitError::AmbiguousRevision { rev: shown, candidates };
        }
        if let Some(branch) = self
            .unborn_branch()
            .filter(|branch| begins_with_head(rev) || rev == branch)
        {
            return GitError::Unborn { branch };
        }
        if ["@{u}", "@{upstream}", "@{push}"]
            .iter()
            .any(|ending| rev.ends_with(ending))
        {
            return GitError::NoUpstream { rev: shown };
        }
        GitError::UnknownRevision {
            nearest: self.nearest_name(rev),
            rev: shown,
            shallow: self.is_shallow().unwrap_or(false),
        }
    }

    /// The branch that HEAD is on, if it has no commit.
    fn unborn_branch(&self) -> Option<String> {
        let head = self.gix().head().ok()?;
        if !head.is_unborn() {
            return None;
        }
        Some(head.referent_name()?.shorten().to_string())
    }

    /// The branch or tag whose name is most like that in `rev`; the same name under a remote before all others.
    fn nearest_name(&self, rev: &str) -> Option<String> {
        let wanted = rev.split(['~', '^', ':', '@']).next().filter(|name| !name.is_empty())?;
        if wanted != rev && self.gix().rev_parse(wanted.as_bytes().as_bstr()).is_ok() {
            // The name is right; what follows it leads nowhere.
            return None;
        }
        let references = self.gix().references().ok()?;
        let all = references.all().ok()?.filter_map(Result::ok).take(MAX_NAMES);
        let names: Vec<String> = all
            .filter_map(|reference| short_name(reference.name().as_bstr()))
            .collect();
        let under_a_remote = |name: &&str| name.strip_suffix(wanted).is_some_and(|remote| remote.ends_with('/'));
        let names = names.iter().map(String::as_str);
        let meant = names.clone().find(under_a_remote).or_else(|| nearest(wanted, names))?;
        Some(meant.to_owned())
    }

    fn find_reference(&self, full_name: &str) -> Result<Option<gix::Reference<'_>>, GitError> {
        let found = self.gix().try_find_reference(full_name);
        found.map_err(GitError::gix("reading a ref"))
    }

    fn find(&self, id: gix::ObjectId) -> Result<gix::Object<'_>, GitError> {
        let found = self.gix().try_find_object(id);
        found
            .map_err(GitError::gix("reading an object"))?
            .ok_or_else(|| objects::missing(self.gix(), id))
    }
}

/// Why `rev` can't be a revision, whatever the repository holds.
fn malformed(rev: &str) -> Option<&'static str> {
    if rev.trim().is_empty() {
        Some("it is empty")
    } else if rev.len() > MAX_LENGTH {
        Some("it is too long")
    } else if rev.contains('\0') {
        Some("it holds a NUL byte")
    } else if rev.starts_with('-') {
        Some("it begins with a hyphen")
    } else {
        None
    }
}

/// Whether `rev` starts from HEAD: `HEAD`, `@`, `HEAD~2`, `@^`.
fn begins_with_head(rev: &str) -> bool {
    let rest = rev.strip_prefix("HEAD").or_else(|| rev.strip_prefix('@'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['~', '^', '@', ':', '{']))
}

/// The name that a person would type for a branch, a tag or a remote's branch; `None` for other refs.
fn short_name(full: &gix::bstr::BStr) -> Option<String> {
    let prefixes: [&[u8]; 3] = [b"refs/heads/", b"refs/tags/", b"refs/remotes/"];
    let short = prefixes.iter().find_map(|prefix| full.strip_prefix(*prefix))?;
    Some(short.to_str().ok()?.to_owned())
}

/// The beginning of a name that somebody asked for, as it can be printed.
fn shown(text: &str) -> String {
    let short: String = text.chars().take(200).collect();
    printable(&short)
}

#[cfg(test)]
mod tests {
    use super::{begins_with_head, malformed, shown};

    #[test]
    fn what_can_be_no_revision_is_told_by_its_looks() {
        for bad in ["", " ", "-", "--all", "a\0b", &"a".repeat(5000)] {
            assert!(malformed(bad).is_some(), "{bad:?}");
        }
        assert_eq!(malformed("main"), None);
    }

    #[test]
    fn head_is_recognised_in_its_writings() {
        for head in ["HEAD", "@", "HEAD~2", "@^", "@{1}"] {
            assert!(begins_with_head(head), "{head}");
        }
        for other in ["HEADS", "main", "origin/HEAD"] {
            assert!(!begins_with_head(other), "{other}");
        }
    }

    #[test]
    fn names_cannot_break_out_of_their_line() {
        assert_eq!(shown("a\n\u{1b}[31m'b'"), "a\\n\\u{1b}[31m'b'");
    }
}
