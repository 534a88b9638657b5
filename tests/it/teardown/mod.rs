//! Closing runs and taking their worktrees away: what is kept, what is refused, and what is left where something fails.

mod crowd;
mod faults;
mod homes;
mod losses;
mod worktree;

use crate::support::drift::{Said, drift, plan_file, project};
use crate::support::repo::Repo;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The project, a linked worktree `login` beside it, and a run that was started and reported there.
pub struct Linked {
    pub repo: Repo,
    pub path: PathBuf,
    pub handle: String,
    pub tip: String,
}

impl Linked {
    /// With a reported run.
    pub fn reported() -> Self {
        let linked = Self::started();
        drift_in(&linked.repo, &linked.path, &["report"]).ends(0);
        linked
    }

    /// With a run that has its commits and no report.
    pub fn started() -> Self {
        let repo = project();
        repo.git(&["switch", "--quiet", "main"]);
        let path = add_worktree(&repo, "login");
        let handle = start_in(&repo, &path);
        let tip = work_in(&repo, &path);
        Self {
            repo,
            path,
            handle,
            tip,
        }
    }

    /// Runs drift in the primary worktree.
    pub fn drift(&self, arguments: &[&str]) -> Said {
        drift(&self.repo, arguments)
    }

    /// `drift finish --remove-worktree` on the run, with more arguments, in the primary worktree.
    pub fn finish(&self, more: &[&str]) -> Said {
        let all = [&["finish", "--run", &self.handle, "--remove-worktree"], more].concat();
        self.drift(&all)
    }

    /// Runs git in the linked worktree.
    pub fn git(&self, arguments: &[&str]) -> String {
        git_in(&self.repo, &self.path, arguments)
    }

    /// Writes a file into the linked worktree.
    pub fn write(&self, path: &str, text: &str) {
        let file = self.path.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    /// Nothing is removed: the worktree is listed, its folder and the branch are there.
    #[track_caller]
    pub fn is_there(&self) {
        assert!(self.path.join("src/login.py").exists());
        assert!(worktrees(&self.repo).contains(&self.path));
        assert_eq!(self.repo.id("login"), self.tip);
    }

    /// Everything is removed, and the record, the home and the lesson are there.
    #[track_caller]
    pub fn is_gone(&self) {
        assert!(!self.path.exists());
        assert!(!worktrees(&self.repo).contains(&self.path));
        assert!(!self.repo.git_succeeds(&["rev-parse", "--verify", "refs/heads/login"]));
        assert!(!self.repo.git_succeeds(&["config", "--get-regexp", "branch\\.login\\."]));
    }

    /// What is kept of the finished run is whole.
    #[track_caller]
    pub fn is_kept(&self) {
        is_kept_at(&self.repo, &self.repo.path().join(".drift"), &self.handle, &self.tip);
    }
}

/// The record holds the report that lies in the home, the lesson is there once, and git reaches the work from the record.
#[track_caller]
pub fn is_kept_at(repo: &Repo, home: &Path, handle: &str, tip: &str) {
    let record = format!("refs/drift/runs/{handle}");
    let recorded = repo.git_bytes(&["cat-file", "blob", &format!("{record}:run_report.json")]);
    let lying = std::fs::read(home.join(format!("runs/{handle}/run_report.json"))).unwrap();
    assert!(recorded == lying && !lying.is_empty());
    let lessons = std::fs::read_to_string(home.join("lessons.jsonl")).unwrap();
    let own = lessons.lines().filter(|line| line.contains(handle));
    assert_eq!(own.count(), 1, "{lessons}");
    assert!(repo.git_succeeds(&["merge-base", "--is-ancestor", tip, &record]));
}

/// Makes a linked worktree beside the repository, on a new branch of the same name.
pub fn add_worktree(repo: &Repo, name: &str) -> PathBuf {
    let path = repo.beside(name);
    repo.git(&["worktree", "add", "--quiet", "-b", name, path.to_str().unwrap()]);
    path
}

/// Drafts, approves and starts a run in a worktree; its handle.
pub fn start_in(repo: &Repo, path: &Path) -> String {
    let plan = plan_file(repo);
    let handle = drift_in(repo, path, &["new", "add-login", "--from", &plan]).ends(0).out;
    let handle = handle.trim().to_owned();
    drift_in(repo, path, &["approve", "--yes", "--run", &handle]).ends(0);
    drift_in(repo, path, &["start", "--run", &handle]).ends(0);
    handle
}

/// Commits what the plan asks for; the commit.
pub fn work_in(repo: &Repo, path: &Path) -> String {
    let before = git_in(repo, path, &["rev-parse", "HEAD"]);
    for (file, message) in [
        ("src/login.py", "feat: check the password at login"),
        ("docs/usage.md", "docs: describe the login"),
    ] {
        std::fs::create_dir_all(path.join(file).parent().unwrap()).unwrap();
        std::fs::write(path.join(file), format!("{message}, after {before}\n")).unwrap();
        git_in(repo, path, &["add", file]);
        git_in(repo, path, &["commit", "--quiet", "--message", message]);
    }
    git_in(repo, path, &["rev-parse", "HEAD"])
}

/// Runs drift in a folder.
pub fn drift_in(repo: &Repo, folder: &Path, arguments: &[&str]) -> Said {
    drift_with_in(repo, folder, arguments, &[])
}

/// Runs drift in a folder, with variables.
pub fn drift_with_in(repo: &Repo, folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let output = repo
        .command(env!("CARGO_BIN_EXE_drift"))
        .current_dir(folder)
        .args(arguments)
        .env("SOURCE_DATE_EPOCH", "1700003600")
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// What git prints in a folder.
#[track_caller]
pub fn git_in(repo: &Repo, folder: &Path, arguments: &[&str]) -> String {
    let output = repo
        .command("git")
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {complaint}");
    String::from_utf8_lossy(output.stdout.trim_ascii_end()).into_owned()
}

/// The worktrees as git lists them.
pub fn worktrees(repo: &Repo) -> Vec<PathBuf> {
    let listing = repo.git(&["worktree", "list", "--porcelain"]);
    let paths = listing.lines().filter_map(|line| line.strip_prefix("worktree "));
    paths.map(PathBuf::from).collect()
}
