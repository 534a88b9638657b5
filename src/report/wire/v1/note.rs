//! A line of a git note in refs/notes/drift, `drift/note/1`: what one run says of one commit.

use super::run_report::{Commit, Finding, RunReport, Verdict};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The value of `schema` in every line of this version.
pub const NOTE_SCHEMA: &str = "drift/note/1";

/// What one run says of the commit that the note belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// `drift/note/1`.
    pub schema: String,
    /// The run's handle. A note has one line of each run.
    pub run: String,
    /// The units that the commit stands for, best first.
    pub units: Vec<String>,
    /// The verdict over the whole run when it was last reported; `unchecked` before that.
    pub verdict: Verdict,
    /// The findings about this commit or a file that it touched, in order.
    pub fingerprints: Vec<String>,
    /// What the commit changes, by a name that outlives a rebase: 40 hexadecimal digits; absent for merges and for commits
    /// that change nothing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub patch: Option<String>,
    /// What drift's hooks saw when the commit was made: `checked` (compared with the plan), `replayed` (made by git from
    /// another commit), `skipped` (DRIFT_SKIP was set), `bypassed` (commit-msg was not asked: `--no-verify`), or `error: …`
    /// (drift could not compare it); absent where no hook saw it, or not all that it was made of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub witness: Option<String>,
}

impl Note {
    /// What the report says of one of its commits; `None` for a report without a run.
    pub fn of(report: &RunReport, commit: &Commit, patch: Option<String>) -> Option<Self> {
        let about = report.findings.iter().filter(|it| is_about(report, it, commit));
        let mut fingerprints: Vec<String> = about.map(|it| it.fingerprint.clone()).collect();
        fingerprints.sort();
        fingerprints.dedup();
        Some(Self {
            schema: NOTE_SCHEMA.into(),
            run: report.run.as_ref()?.handle.clone(),
            units: commit.units.clone(),
            verdict: report.verdict,
            fingerprints,
            patch,
            witness: commit.witness.clone(),
        })
    }

    /// What a hook notes of a commit that was just made: nothing is judged yet.
    pub fn of_new_commit(run: String, units: Vec<String>, patch: Option<String>, witness: Option<String>) -> Self {
        Self {
            schema: NOTE_SCHEMA.into(),
            run,
            units,
            verdict: Verdict::Unchecked,
            fingerprints: Vec::new(),
            patch,
            witness,
        }
    }

    /// The note that a line holds; `None` for a line that is none of this version's.
    pub fn parse(line: &[u8]) -> Option<Self> {
        let note: Self = serde_json::from_slice(line).ok()?;
        (note.schema == NOTE_SCHEMA).then_some(note)
    }

    /// The note as one line, without a newline.
    pub fn to_line(&self) -> String {
        // Strings, lists of strings and a word: nothing that could fail to serialize.
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn is_about(report: &RunReport, finding: &Finding, commit: &Commit) -> bool {
    let places = finding.related.iter().map(|it| &it.location);
    let mut places = places.chain(std::iter::once(&finding.location));
    if places.any(|place| place.commit.as_ref() == Some(&commit.id)) {
        return true;
    }
    let Some(path) = &finding.path else { return false };
    let file = report.files.iter().find(|file| &file.path == path);
    file.is_some_and(|file| file.commits.contains(&commit.id))
}

#[cfg(test)]
mod tests {
    use super::Note;

    #[test]
    fn a_line_of_another_version_is_no_note_of_this_one() {
        let line = r#"{"schema":"drift/note/1","run":"a-0a1b2c3d","units":[],"verdict":"aligned","fingerprints":[]}"#;
        assert_eq!(Note::parse(line.as_bytes()).unwrap().to_line(), line);
        for other in [
            line.replace("note/1", "note/2"),
            line.replace("run", "ran"),
            "reviewed".into(),
        ] {
            assert_eq!(Note::parse(other.as_bytes()), None);
        }
    }
}
