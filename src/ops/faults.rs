//! What is wrong with drift's own files: the policy, and the lessons.

use super::{OpsError, policy, runs};
use crate::config::{Config, ConfigProblem, ConfigProblemKind};
use crate::git::Repository;
use crate::model::{Fault, FaultKind, FilePlace, Source};
use crate::report::wire::v1::Lesson;
use crate::store;

/// The most faults of one file that are listed.
const MAX_LISTED: usize = 100;
/// What the lessons are called in reports.
const LESSONS: &str = ".drift/lessons.jsonl";

/// What is wrong with the policy.
pub(super) fn of_config(config: &Config) -> Vec<Fault> {
    let fault = |it: &ConfigProblem| Fault {
        kind: match it.kind {
            ConfigProblemKind::Unreadable => FaultKind::UnreadableConfig,
            ConfigProblemKind::UnknownRule => FaultKind::UnknownRule,
        },
        message: it.message.clone(),
        help: it.help.clone().unwrap_or_default(),
        place: FilePlace {
            file: policy::CONFIG_PATH.to_owned(),
            line: it.line,
            column: it.column,
        },
    };
    config.problems.iter().take(MAX_LISTED).map(fault).collect()
}

/// The lines of the home's lessons that are none.
pub(super) fn of_lessons(repository: &Repository) -> Result<Vec<Fault>, OpsError> {
    let bytes = match store::read_if_there(&runs::home(repository)?.lessons()) {
        Ok(bytes) => bytes.unwrap_or_default(),
        // Whoever appends a lesson says what is in the way; no judgement waits for that.
        Err(_) => return Ok(vec![lesson_fault(1, "the file can't be read")]),
    };
    let lines = bytes.split(|&byte| byte == b'\n').enumerate();
    let broken =
        lines.filter(|(_, line)| !line.trim_ascii().is_empty() && serde_json::from_slice::<Lesson>(line).is_err());
    let fault = |(at, _): (usize, &[u8])| lesson_fault(at + 1, "this line is no lesson");
    Ok(broken.take(MAX_LISTED).map(fault).collect())
}

fn lesson_fault(line: usize, message: &str) -> Fault {
    let help = "take it out, or bring it back from git's history; `merge=union` in .gitattributes keeps conflicts away";
    Fault {
        kind: FaultKind::UnreadableLesson,
        message: message.to_owned(),
        help: help.to_owned(),
        place: FilePlace {
            file: LESSONS.to_owned(),
            line,
            column: 1,
        },
    }
}

/// The policy's text, for drawing its faults.
pub(super) fn source(text: &[u8]) -> Source {
    Source {
        name: policy::CONFIG_PATH.to_owned(),
        text: String::from_utf8_lossy(text).into_owned(),
        ..Source::default()
    }
}
