//! `unreadable-lesson`: a line of lessons.jsonl can't be read.

use super::Check;
use crate::model::{FaultKind, Level, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D903",
        name: "unreadable-lesson",
        summary: "a line of lessons.jsonl can't be read",
        default_level: Level::Allow,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A line of .drift/lessons.jsonl that is no lesson: wrong JSON, half a line, the marks of a merge conflict.

## Why it matters
What the line taught is lost to whoever learns from the lessons. drift leaves it alone: a line is appended, and never
replaced.

## Example
```text
<<<<<<< HEAD
```
```text
note[D903]: `.drift/lessons.jsonl`: this line is no lesson
  help: take it out, or bring it back from git's history; `merge=union` in .gitattributes keeps conflicts away
```

## How to settle it
Take the line out, or bring it back from git's history. `drift init` writes `merge=union` for the file into .gitattributes, so
that merges put lines side by side.
"#,
    },
    run: |comparison, _, findings| super::faults::report(comparison, FaultKind::UnreadableLesson, findings),
};
