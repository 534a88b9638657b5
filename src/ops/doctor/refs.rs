//! Whether drift's refs are what they should be: plain refs, each leading to a commit.

use super::patient::Patient;
use super::{Ailment, Check};
use crate::git::RefTrouble;
use crate::model::{Handle, Severity, shell_word};
use crate::ops::OpsError;

pub(super) const CHECK: Check = Check {
    name: "refs",
    looks_at: "refs/drift/runs, refs/notes/drift and refs/drift-sync",
    mends: None,
    run,
};

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    for (name, trouble) in patient.repository.ailing_refs()? {
        found.push(ailing(&name, &trouble));
    }
    for name in patient.repository.left_sync_refs()? {
        let what = "an exchange with a remote was killed and has left this; the next `drift fetch` brings it again";
        found.push(Ailment::note(what, name.as_str()).command(format!("git update-ref -d {}", shell_word(&name))));
    }
    Ok(())
}

fn ailing(name: &str, trouble: &RefTrouble) -> Ailment {
    let word = shell_word(name);
    let wrong = |what: String| Ailment::new(Severity::Error, what, name);
    match trouble {
        RefTrouble::Symbolic { target } => wrong(format!(
            "it is a symbolic ref to `{target}`, which a write to it would change"
        ))
        .command(format!("git symbolic-ref --delete {word}")),
        RefTrouble::NoCommit { why } => {
            let is_record = name
                .strip_prefix("refs/drift/runs/")
                .is_some_and(|it| it.parse::<Handle>().is_ok());
            let from_elsewhere = match (is_record, name) {
                (true, _) => "; `drift fetch` brings the record back where a remote has it",
                (false, "refs/notes/drift") => "; `drift notes rebuild` makes the notes anew from the records",
                _ => "",
            };
            wrong(format!("it leads to no commit: {why}{from_elsewhere}"))
                .command(format!("git update-ref --no-deref -d {word}"))
        }
        RefTrouble::InTheWay => wrong("it is a ref, and the names of records need a folder there".into())
            .command(format!("git update-ref -d {word}")),
        RefTrouble::Below(other) => wrong(format!("it lies where `{other}` has to be"))
            .command(format!("git update-ref refs/notes/{} {word}", unnested(name)))
            .command(format!("git update-ref -d {word}")),
    }
}

/// Another name for notes that lie below refs/notes/drift.
fn unnested(name: &str) -> String {
    shell_word(&name.trim_start_matches("refs/notes/").replace('/', "-"))
}
