//! `orphaned-note`: a note on a commit that no branch leads to any more.

use super::wording::listed;
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, OrphanReason, OrphanedNote, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D904",
        name: "orphaned-note",
        summary: "a commit with a note is gone, and it is not clear which commit it became",
        default_level: Level::Allow,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A note in refs/notes/drift whose commit no branch and no tag leads to. `drift notes rebuild` looks for such notes, and
attaches each to the commit that makes the same change, or to the one that makes the change of the whole run. It finds
those for which there is no such commit, or more than one.

## Why it matters
Notes belong to commits by their ids. A rebase, squash or cherry-pick that no hook saw leaves them behind, and whoever
looks at the new commit finds nothing.

## Example
```sh
git notes --ref=drift list
```
```text
note[D904]: the note of commit `9e3779b` (run `add-login-0a1b2c3d`) has lost its commit, and several make the same change
  help: put it where it belongs: `git notes --ref=drift copy 9e3779b100000000000000000000000000000001 COMMIT`
```

## How to settle it
Copy the note to the commit that is meant: `git notes --ref=drift copy OLD NEW`. Where the work was given up, nothing has
to be done; `git notes --ref=drift remove OLD` takes the note away.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    for note in &comparison.orphaned_notes {
        let commit = note.commit;
        let help = match note.reason {
            OrphanReason::Ambiguous => {
                format!("put it where it belongs: `git notes --ref=drift copy {commit} COMMIT`")
            }
            OrphanReason::Lost => {
                format!("if that work was given up: `git notes --ref=drift remove {commit}`")
            }
        };
        // The commit's id is no part of the name: the runs are, and equal ones are numbered.
        findings.add(Found::new(commit, message(note)).detail(note.runs.join(" ")).help(help));
    }
}

fn message(note: &OrphanedNote) -> String {
    let why = match note.reason {
        OrphanReason::Ambiguous => "several make the same change",
        OrphanReason::Lost => "none makes the same change",
    };
    let runs = if note.runs.len() == 1 { "run" } else { "runs" };
    format!(
        "the note of commit `{}` ({runs} {}) has lost its commit, and {why}",
        note.commit.short(7),
        listed(&note.runs)
    )
}
