//! Which version of a well-known tool ran: asked only of the program that a suite's command names, and only by its bare
//! name, so that nothing else is run than what was trusted.

use crate::runner::{Interrupts, Job, run};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

/// How each tool is asked.
const TOOLS: [(&str, &str); 16] = [
    ("cargo", "--version"),
    ("rustc", "--version"),
    ("node", "--version"),
    ("npm", "--version"),
    ("npx", "--version"),
    ("pnpm", "--version"),
    ("deno", "--version"),
    ("bun", "--version"),
    ("python", "--version"),
    ("python3", "--version"),
    ("pytest", "--version"),
    ("go", "version"),
    ("ruby", "--version"),
    ("php", "--version"),
    ("dotnet", "--version"),
    ("prove", "--version"),
];

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most characters of an answer that are kept.
const MOST: usize = 200;

/// The tool that `argv` names with the line in which it says its version; none where it is no known tool, or does not say.
pub(super) fn versions(
    argv: &[String],
    directory: &Path,
    variables: &BTreeMap<OsString, OsString>,
    interrupts: &Interrupts,
) -> Vec<(String, String)> {
    let known = |program: &&String| TOOLS.iter().find(|(name, _)| name == program);
    let Some((name, question)) = argv.first().as_ref().and_then(known) else {
        return Vec::new();
    };
    let asked = [name.to_string(), question.to_string()];
    let job = Job {
        argv: &asked,
        directory,
        variables,
        timeout: Some(PATIENCE),
        grace: Duration::from_secs(1),
        joined: true,
    };
    let Ok(ran) = run(&job, interrupts, &mut |_| {}) else {
        return Vec::new();
    };
    let line = ran.log.head.lines().map(str::trim).find(|line| !line.is_empty());
    let answer = line.filter(|_| ran.ended == crate::model::Ended::Exited(0));
    answer
        .map(|line| (name.to_string(), line.chars().take(MOST).collect()))
        .into_iter()
        .collect()
}
