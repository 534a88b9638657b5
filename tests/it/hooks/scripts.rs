//! The scripts by themselves, under a real sh: what they hand on, and whose exit code counts.

use super::{script_at, set_mode};
use crate::support::repo::Repo;
use drift::hooks::{HOOKS, find, kept_name};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A folder with one installed script and a stand-in for drift that writes down how it was called.
struct Stage {
    repo: Repo,
    name: &'static str,
}

impl Stage {
    fn new(name: &'static str) -> Self {
        let stage = Self {
            repo: Repo::empty(),
            name,
        };
        let script = find(name)
            .unwrap()
            .script(stage.drift().as_os_str().as_encoded_bytes(), None);
        script_at(&stage.repo.path().join(name), std::str::from_utf8(&script).unwrap());
        stage
    }

    fn drift(&self) -> PathBuf {
        self.repo.path().join("it's drift")
    }

    fn with_drift(self, code: i32) -> Self {
        script_at(&self.drift(), &recorder("drift", code));
        self
    }

    fn with_kept(self, code: i32) -> Self {
        script_at(&self.repo.path().join(kept_name(self.name)), &recorder("kept", code));
        self
    }

    /// The exit code, what was written down, and standard error.
    fn run(&self, arguments: &[&str], input: &[u8]) -> (i32, String, String) {
        let mut child = self
            .repo
            .command(self.repo.path().join(self.name))
            .args(arguments)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        let log = std::fs::read_to_string(self.repo.path().join("log")).unwrap_or_default();
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code().unwrap(), log, complaint)
    }
}

fn recorder(who: &str, code: i32) -> String {
    format!("#!/bin/sh\nprintf '{who}' >>log\nprintf ' [%s]' \"$@\" >>log\necho >>log\ncat >>log\nexit {code}\n")
}

#[test]
#[allow(clippy::print_stderr, reason = "a test that could not look says so")]
fn shellcheck_has_nothing_to_say() {
    let paths = HOOKS.iter().map(|hook| format!("hooks/{}", hook.name));
    let output = Command::new("shellcheck")
        .arg("--shell=dash")
        .args(paths)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    let Ok(output) = output else {
        eprintln!("skipped: there is no shellcheck on the PATH");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn drift_gets_the_arguments_and_the_input_and_its_exit_code_counts() {
    for hook in HOOKS {
        let input: &[u8] = if hook.takes_input { b"a b\n c\n" } else { b"" };
        let stage = Stage::new(hook.name).with_drift(7);
        let (code, log, complaint) = stage.run(&["x y", "", "*"], input);
        let expected = format!(
            "drift [hook] [{}] [x y] [] [*]\n{}",
            hook.name,
            String::from_utf8_lossy(input)
        );
        assert_eq!((code, log, complaint.as_str()), (7, expected, ""), "{}", hook.name);
    }
}

#[test]
fn the_kept_hook_runs_first_with_all_that_git_gave() {
    for hook in HOOKS.iter().filter(|hook| hook.takes_input) {
        for input in [&b""[..], b"one\n", b"one\n\n\ntwo %s \\n\n\n", b"no end"] {
            let stage = Stage::new(hook.name).with_drift(1).with_kept(0);
            let (code, log, _) = stage.run(&["origin", "a b"], input);
            let input = String::from_utf8_lossy(input);
            let name = hook.name;
            let expected = format!("kept [origin] [a b]\n{input}drift [hook] [{name}] [origin] [a b]\n{input}");
            assert_eq!((code, log), (1, expected));
        }
    }
    let (code, log, _) = Stage::new("commit-msg").with_drift(0).with_kept(0).run(&["f"], b"");
    assert_eq!((code, log.as_str()), (0, "kept [f]\ndrift [hook] [commit-msg] [f]\n"));
}

#[test]
fn a_kept_hook_that_says_no_ends_it_with_its_own_code() {
    for hook in HOOKS {
        let stage = Stage::new(hook.name).with_drift(0).with_kept(42);
        let (code, log, complaint) = stage.run(&["x"], b"");
        assert_eq!(
            (code, log.as_str(), complaint.as_str()),
            (42, "kept [x]\n", ""),
            "{}",
            hook.name
        );
    }
}

#[test]
fn a_kept_hook_that_reads_nothing_breaks_nothing() {
    let stage = Stage::new("pre-push").with_drift(0);
    script_at(&stage.repo.path().join(kept_name("pre-push")), "#!/bin/sh\nexit 0\n");
    let lines = "refs/heads/a 1 refs/heads/a 2\n".repeat(20_000);
    let (code, log, complaint) = stage.run(&["origin"], lines.as_bytes());
    assert_eq!((code, log.len() > lines.len(), complaint.as_str()), (0, true, ""));
}

#[test]
fn a_kept_hook_without_its_x_bit_does_not_run_as_it_did_not_before() {
    let stage = Stage::new("commit-msg").with_drift(0).with_kept(1);
    set_mode(&stage.repo.path().join(kept_name("commit-msg")), 0o644);
    assert_eq!(stage.run(&["f"], b"").0, 0);
}

#[test]
fn a_missing_drift_is_said_once_and_lets_the_work_pass() {
    for hook in HOOKS {
        let stage = Stage::new(hook.name);
        let (code, log, complaint) = stage.run(&["x"], if hook.takes_input { b"some input\n" } else { b"" });
        assert_eq!((code, log.as_str()), (0, ""), "{}", hook.name);
        let warns = matches!(hook.name, "commit-msg" | "pre-push");
        assert_eq!(
            complaint.lines().count(),
            usize::from(warns),
            "{}: {complaint}",
            hook.name
        );
        assert!(!warns || complaint.contains("it's drift"), "{complaint}");
        let (code, log, _) = stage.with_kept(3).run(&["x"], b"");
        assert_eq!((code, log.starts_with("kept [x]\n")), (3, true), "{}", hook.name);
    }
}

#[test]
fn where_the_installing_drift_is_gone_the_one_on_the_path_is_taken() {
    for hook in HOOKS {
        let stage = Stage::new(hook.name);
        let folder = stage.repo.path().join("bin");
        script_at(&folder.join("drift"), &recorder("other", 5));
        let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
        let status = stage
            .repo
            .command(stage.repo.path().join(hook.name))
            .arg("x")
            .env("PATH", path)
            .stdin(Stdio::null())
            .status();
        assert_eq!(status.unwrap().code(), Some(5), "{}", hook.name);
    }
}
