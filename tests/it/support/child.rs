//! Running one test of this binary again in a process of its own, so that it can be killed, limited, or run many times.

use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The variable that tells the child where to work.
const FOLDER: &str = "DRIFT_TEST_FOLDER";

/// The variable that tells the child which of several it is.
const NUMBER: &str = "DRIFT_TEST_NUMBER";

/// Starts the ignored test `name` (its whole path, `store::append::child_appends`) in a new process.
pub fn start(name: &str, folder: &Path, number: usize) -> Child {
    prepared(Command::new(std::env::current_exe().unwrap()), name, folder, number)
}

/// The same, in a process that can write no file longer than one block; more is a short write, not a signal.
pub fn start_on_a_full_disk(name: &str, folder: &Path) -> Child {
    let mut shell = Command::new("sh");
    shell.args(["-c", r#"trap '' XFSZ; ulimit -f 1; exec "$0" "$@""#]);
    shell.arg(std::env::current_exe().unwrap());
    prepared(shell, name, folder, 0)
}

fn prepared(mut command: Command, name: &str, folder: &Path, number: usize) -> Child {
    command
        .args(["--exact", name, "--ignored", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(NUMBER, number.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// In the child: where to work, and which of several it is. `None` where somebody runs the ignored tests by hand.
pub fn told() -> Option<(std::path::PathBuf, usize)> {
    let folder = std::env::var_os(FOLDER)?;
    Some((folder.into(), std::env::var(NUMBER).ok()?.parse().ok()?))
}

/// Waits for all of them, and wants each to have run its test and to have passed.
pub fn all_pass(children: Vec<Child>) {
    for child in children {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }
}
