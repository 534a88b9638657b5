//! Runs the program drift in a throw-away repository and keeps what it said.

use super::repo::Repo;
use std::process::Stdio;

/// What one call of drift said.
#[derive(Debug)]
pub struct Said {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Said {
    /// This, if drift ended with `code`; else the test fails with all that it said.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\nout:\n{}\nerr:\n{}", self.out, self.err);
        self
    }

    /// This, if standard error holds each of the texts.
    #[track_caller]
    pub fn complains(self, texts: &[&str]) -> Self {
        for text in texts {
            assert!(self.err.contains(text), "`{text}` is not in:\n{}", self.err);
        }
        self
    }

    /// This, if standard output holds each of the texts.
    #[track_caller]
    pub fn says(self, texts: &[&str]) -> Self {
        for text in texts {
            assert!(self.out.contains(text), "`{text}` is not in:\n{}", self.out);
        }
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in:\n{}\n{}", self.out, self.err))
    }
}

/// Runs `drift` with these arguments at the top of the repository.
pub fn drift(repo: &Repo, arguments: &[&str]) -> Said {
    drift_with(repo, arguments, &[])
}

/// Runs `drift` with these arguments and variables.
pub fn drift_with(repo: &Repo, arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let output = repo
        .command(env!("CARGO_BIN_EXE_drift"))
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

/// Everything that a command could have written: the worktree's status, all refs, and the files below `.drift`.
pub fn state(repo: &Repo) -> String {
    let status = repo.git(&["status", "--porcelain", "--untracked-files=all"]);
    let refs = repo.git(&["for-each-ref"]);
    let config = repo.git(&["config", "--list", "--local"]);
    format!("{status}\n{refs}\n{config}")
}

/// A repository with a small project on main and a branch `work` checked out.
pub fn project() -> Repo {
    let repo = Repo::new();
    repo.write("README.md", "# project\n");
    repo.write("src/login.py", "def login():\n    pass\n");
    repo.write("src/token.py", "def token():\n    pass\n");
    repo.write("docs/usage.md", "# Usage\n");
    repo.commit("feat: begin");
    repo.git(&["switch", "--quiet", "--create", "work"]);
    repo
}

/// A commit plan of two units over the project, in a file outside of the repository; its path.
pub fn plan_file(repo: &Repo) -> String {
    let text = r#"{
  "schema": "drift/commit_plan/1",
  "units": [
    {"id": "U1", "title": "Check the password at login", "files": ["src/login.py"]},
    {"id": "U2", "title": "Describe the login", "files": ["docs/usage.md"]}
  ]
}
"#;
    let path = repo.beside("commit_plan.json");
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// A started run on the branch `work`, with the units of [`plan_file`]; its handle.
pub fn started_run(repo: &Repo) -> String {
    let handle = drafted_run(repo);
    drift(repo, &["approve", "--yes"]).ends(0);
    drift(repo, &["start"]).ends(0);
    handle
}

/// A drafted run with the units of [`plan_file`], ready to be approved; its handle.
pub fn drafted_run(repo: &Repo) -> String {
    let plan = plan_file(repo);
    let said = drift(repo, &["new", "add-login", "--from", &plan]).ends(0);
    said.out.trim().to_owned()
}
