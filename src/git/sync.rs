//! Fetching and pushing what drift keeps in refs, by the git program: records and notes, and never a branch.
//!
//! What another clone has is fetched into refs below refs/drift-sync, from where it is joined with the own, and which are
//! gone afterwards. A push says which value it replaces, so that what somebody else pushed meanwhile is never overwritten.

use super::durable;
use super::error::GitError;
use super::open::Repository;
use super::program::{GitAnswer, GitCall, ProgramError};
use super::record_error::RecordError;
use super::ref_update::pause;
use crate::model::{Handle, ObjectId};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{File, OpenOptions, TryLockError};

/// How often another sync of this repository is waited for, about 100 ms apart: for about two minutes.
const TRIES: u32 = 1200;

/// How many refs are pushed at once: a command line has an end.
const REFS_AT_ONCE: usize = 400;

/// The exchange with one remote, which one drift at a time has. Dropping it removes what was fetched only to be looked at.
pub struct Sync<'repo> {
    repository: &'repo Repository,
    remote: String,
    /// The refs that hold what was fetched begin so.
    prefix: String,
    _flock: File,
}

/// What a remote has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// The last transition of each record.
    pub records: BTreeMap<Handle, ObjectId>,
    /// The commit of the notes.
    pub notes: Option<ObjectId>,
}

/// A ref to be pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its whole name, the same on both sides.
    pub name: String,
    /// What the remote has there; `None`: no such ref.
    pub expected: Option<ObjectId>,
    /// What it shall have.
    pub new: ObjectId,
}

/// A ref that the remote did not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Its whole name.
    pub name: String,
    /// What git says: `[rejected] (stale info)`.
    pub reason: String,
}

impl Outgoing {
    /// The name of the ref of the notes.
    pub const NOTES: &'static str = super::notes::NOTES;

    /// The name of the ref of a run's record.
    pub fn record(run: &Handle) -> String {
        super::record::ref_name(run)
    }
}

impl Rejected {
    /// Whether somebody else was faster, so that it can be tried again.
    pub fn is_race(&self) -> bool {
        let races = [
            "stale info",
            "fetch first",
            "non-fast-forward",
            "already exists",
            "cannot lock ref",
            "failed to update ref",
            "failed to lock",
            "incorrect old value",
        ];
        races.iter().any(|race| self.reason.contains(race))
    }
}

impl Incoming {
    /// What has to be pushed so that the remote has what `own` holds.
    pub fn outgoing(&self, own: &Self) -> Vec<Outgoing> {
        let mut refs = Vec::new();
        let mut add = |name: String, expected: Option<ObjectId>, new: ObjectId| {
            if expected != Some(new) {
                refs.push(Outgoing { name, expected, new });
            }
        };
        for (handle, new) in &own.records {
            add(Outgoing::record(handle), self.records.get(handle).copied(), *new);
        }
        if let Some(new) = own.notes {
            add(Outgoing::NOTES.to_owned(), self.notes, new);
        }
        refs
    }
}

impl Repository {
    /// The names of the remotes.
    pub fn remotes(&self) -> Vec<String> {
        let names = self.gix().remote_names();
        names.into_iter().map(|name| name.to_string()).collect()
    }

    /// The remote that is meant where none is named: the branch's, else the only one, else origin.
    pub fn default_remote(&self) -> Result<Option<String>, GitError> {
        let branch = self.head_branch()?;
        let configured = branch.and_then(|branch| self.config_value(&format!("branch.{branch}.remote")));
        let remotes = self.remotes();
        let origin = || remotes.iter().find(|name| *name == "origin");
        let only = || (remotes.len() == 1).then(|| remotes.first()).flatten();
        // A dot stands for this repository itself.
        let configured = configured.filter(|name| name != ".");
        Ok(configured.or_else(|| only().or_else(origin).cloned()))
    }

    /// Begins an exchange with `remote`, a name or a URL; waits for one that is going on.
    pub fn sync_with(&self, remote: &str) -> Result<Sync<'_>, GitError> {
        self.writes_allowed()?;
        let flock = self.sync_lock()?;
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let sync = Sync {
            repository: self,
            remote: remote.to_owned(),
            prefix: format!("refs/drift-sync/{}/", remote.chars().map(plain).collect::<String>()),
            _flock: flock,
        };
        // A process that was killed may have left some.
        sync.remove_fetched()?;
        Ok(sync)
    }

    fn sync_lock(&self) -> Result<File, GitError> {
        let folder = self.common_dir().join("drift");
        durable::create_folder(&folder)?;
        let path = folder.join("sync.lock");
        let mut options = OpenOptions::new();
        let flock = options.create(true).truncate(false).write(true).open(&path);
        let flock = flock.map_err(GitError::io("opening", &path))?;
        for _ in 0..TRIES {
            match flock.try_lock() {
                Ok(()) => return Ok(flock),
                Err(TryLockError::WouldBlock) => pause(200),
                Err(TryLockError::Error(error)) => return Err(GitError::io("locking", path)(error)),
            }
        }
        Err(RecordError::Busy { lock: path }.into())
    }

    /// What this clone has.
    pub fn own_refs(&self) -> Result<Incoming, GitError> {
        let mut own = Incoming::default();
        for handle in self.records()? {
            if let Some(tip) = self.record_tip(&handle)? {
                own.records.insert(handle, tip);
            }
        }
        own.notes = self.notes()?.tip();
        Ok(own)
    }
}

impl Sync<'_> {
    /// Fetches what the remote has, with all objects, and leaves every other ref alone.
    pub fn fetch(&self) -> Result<Incoming, GitError> {
        let records = format!("+refs/drift/runs/*:{}runs/*", self.prefix);
        // With a star a remote without notes is no error.
        let notes = format!("+refs/notes/drift*:{}notes/drift*", self.prefix);
        let arguments = [
            "-c",
            "core.fsync=all",
            "fetch",
            "--quiet",
            "--prune",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-recurse-submodules",
            "--no-auto-maintenance",
            "--refmap=",
            "--",
            &self.remote,
            &records,
            &notes,
        ];
        let answer = self.ask_git(&arguments.map(OsStr::new))?;
        if answer.status != Some(0) {
            return Err(self.failed("fetch from", &answer));
        }
        let mut incoming = Incoming::default();
        let prefix = format!("{}runs/", self.prefix);
        for name in self.repository.ref_names_below(&prefix)? {
            // A ref of another name is none of drift's.
            let Ok(handle) = name.parse::<Handle>() else { continue };
            if let Some(id) = self.fetched(&format!("runs/{name}"))? {
                incoming.records.insert(handle, id);
            }
        }
        incoming.notes = self.fetched("notes/drift")?;
        Ok(incoming)
    }

    fn fetched(&self, name: &str) -> Result<Option<ObjectId>, GitError> {
        let id = self.repository.read_ref(&format!("{}{name}", self.prefix))?;
        Ok(id.and_then(|id| ObjectId::from_bytes(id.as_bytes())))
    }

    /// Pushes these refs, each in place of the value that is expected there, and returns those that were not taken. Hooks
    /// that look at pushed code are not asked, since none is pushed by name.
    pub fn push(&self, refs: &[Outgoing]) -> Result<Vec<Rejected>, GitError> {
        let mut rejected = Vec::new();
        for refs in refs.chunks(REFS_AT_ONCE) {
            rejected.extend(self.push_some(refs)?);
        }
        Ok(rejected)
    }

    fn push_some(&self, refs: &[Outgoing]) -> Result<Vec<Rejected>, GitError> {
        let fixed = [
            "push",
            "--porcelain",
            "--no-verify",
            "--no-follow-tags",
            "--recurse-submodules=no",
        ];
        let mut arguments: Vec<String> = fixed.map(str::to_owned).into();
        for Outgoing { name, expected, .. } in refs {
            let expected = expected.map(|id| id.to_string()).unwrap_or_default();
            arguments.push(format!("--force-with-lease={name}:{expected}"));
        }
        arguments.extend(["--".to_owned(), self.remote.clone()]);
        arguments.extend(refs.iter().map(|it| format!("{}:{}", it.new, it.name)));
        let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        let answer = self.ask_git(&arguments)?;
        let rejected = rejected(&answer.stdout);
        if answer.status != Some(0) && rejected.is_empty() {
            return Err(self.failed("push to", &answer));
        }
        Ok(rejected)
    }

    /// Runs git where a person would: at the top of the worktree, from where the URL of a remote may be relative.
    fn ask_git(&self, arguments: &[&OsStr]) -> Result<GitAnswer, GitError> {
        let (git_dir, top) = (self.repository.git_dir(), self.repository.workdir());
        self.repository.ask_git_at(git_dir, top, &call(arguments, b""))
    }

    fn failed(&self, verb: &'static str, answer: &GitAnswer) -> GitError {
        let lines = answer.stderr.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines = lines.map(|line| line.strip_prefix("fatal: ").unwrap_or(line));
        ProgramError::Remote {
            verb,
            remote: self.remote.clone(),
            said: lines.collect::<Vec<_>>().join("; "),
        }
        .into()
    }

    /// Waits a little, so that those who pushed at the same time don't do so again.
    pub fn pause(&self) {
        pause(300);
    }

    /// Removes the refs that hold what was fetched.
    fn remove_fetched(&self) -> Result<(), GitError> {
        let mut commands = Vec::new();
        for folder in ["runs/", "notes/"] {
            let folder = format!("{}{folder}", self.prefix);
            for name in self.repository.ref_names_below(&folder)? {
                commands.extend_from_slice(format!("delete {folder}{name}\n").as_bytes());
            }
        }
        if commands.is_empty() {
            return Ok(());
        }
        let arguments = ["update-ref", "--no-deref", "--stdin"].map(OsStr::new);
        self.repository.tell_git(&call(&arguments, &commands)).map(drop)
    }
}

impl Drop for Sync<'_> {
    fn drop(&mut self) {
        // If this fails, the next exchange removes them.
        let _ = self.remove_fetched();
    }
}

fn call<'call>(arguments: &'call [&'call OsStr], input: &'call [u8]) -> GitCall<'call> {
    GitCall {
        arguments,
        input,
        variables: &[],
    }
}

/// The lines `!<tab><from>:<to><tab><reason>` of `git push --porcelain`.
fn rejected(printed: &[u8]) -> Vec<Rejected> {
    let text = String::from_utf8_lossy(printed);
    let parse = |line: &str| {
        let mut parts = line.strip_prefix("!\t")?.splitn(2, '\t');
        let (_, name) = parts.next()?.split_once(':')?;
        Some(Rejected {
            name: name.to_owned(),
            reason: parts.next().unwrap_or_default().to_owned(),
        })
    };
    text.lines().filter_map(parse).collect()
}

#[cfg(test)]
mod tests {
    use super::rejected;

    #[test]
    fn what_was_not_taken_is_read_with_its_reason() {
        let printed = b"To /x\n \tabc:refs/notes/drift\tabc..def\n!\tabc:refs/drift/runs/a-0a1b2c3d\t[rejected] (stale info)\nDone\n";
        let found = rejected(printed);
        assert_eq!((found.len(), found[0].is_race()), (1, true));
        assert_eq!(found[0].name, "refs/drift/runs/a-0a1b2c3d");
        assert!(!rejected(b"!\ta:b\t[remote rejected] (hook declined)\n")[0].is_race());
    }
}
