//! A record of which two clones wrote different continuations: what becomes of its files.
//!
//! What one side alone changed is taken. Where both did, acceptances and evidence are united, the later approval and the
//! newest report count (the others stay in the record's log), and the state is the further one.

use crate::git::{Files, RecordSides};
use crate::ops::run_file::{
    ACCEPTANCES_SCHEMA, APPROVALS_SCHEMA, AcceptanceEntry, AcceptancesFile, ApprovalEntry, ApprovalsFile, RunFile,
    to_json,
};
use crate::report::wire::v1::RunReport;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// Which of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    One,
    Other,
}

/// Joins both sides; the outcome depends on nothing but their files.
pub(super) fn join(sides: RecordSides<'_>) -> Files {
    let names: BTreeSet<&String> = sides.one.keys().chain(sides.other.keys()).collect();
    let mut files = Files::new();
    for name in names {
        match alone_changed(sides, name) {
            Some(side) => files.extend(sides.file(side, name).map(|bytes| (name.clone(), bytes.clone()))),
            None => files.extend(joined(sides, name)),
        }
    }
    files
}

/// The side to take, unless both changed the file: `One` where they agree.
fn alone_changed(sides: RecordSides<'_>, name: &str) -> Option<Side> {
    let [base, one, other] = [sides.base, sides.one, sides.other].map(|files| files.get(name));
    if one == other || other == base {
        return Some(Side::One);
    }
    if one == base {
        return Some(Side::Other);
    }
    // What one side took away and the other changed is kept.
    match (one, other) {
        (None, _) => Some(Side::Other),
        (_, None) => Some(Side::One),
        _ => None,
    }
}

/// The file, or the two files, that become of one that both sides changed.
fn joined(sides: RecordSides<'_>, name: &str) -> Vec<(String, Vec<u8>)> {
    let whole = |side| {
        let bytes = sides.file(side, name).cloned().unwrap_or_default();
        vec![(name.to_owned(), bytes)]
    };
    let made = match name {
        "run.json" => run_file(sides),
        "approvals.json" => approvals(sides),
        "acceptances.json" => acceptances(sides),
        "run_report.json" | "report.md" | "report.html" => return whole(newer_report(sides)),
        _ if name.contains('/') => return both(sides, name),
        _ => return whole(approved_side(sides, name)),
    };
    match made {
        Some(bytes) => vec![(name.to_owned(), bytes)],
        // What drift can't read it can't unite; the other side's text stays in the log.
        None => whole(Side::One),
    }
}

trait Parts {
    fn file(&self, side: Side, name: &str) -> Option<&Vec<u8>>;

    fn parsed<T: DeserializeOwned>(&self, side: Side, name: &str) -> Option<T> {
        serde_json::from_slice(self.file(side, name)?).ok()
    }
}

impl Parts for RecordSides<'_> {
    fn file(&self, side: Side, name: &str) -> Option<&Vec<u8>> {
        match side {
            Side::One => self.one.get(name),
            Side::Other => self.other.get(name),
        }
    }
}

/// The side whose report was made later.
fn newer_report(sides: RecordSides<'_>) -> Side {
    let made = |side| {
        let report: Option<RunReport> = sides.parsed(side, "run_report.json");
        report.and_then(|report| report.stamp.reported_at)
    };
    if made(Side::Other) > made(Side::One) {
        Side::Other
    } else {
        Side::One
    }
}

/// The side whose approval of the artifact came later: its text is the approved one.
fn approved_side(sides: RecordSides<'_>, artifact: &str) -> Side {
    let approved = |side| {
        let approvals: Option<ApprovalsFile> = sides.parsed(side, "approvals.json");
        approvals.and_then(|it| it.artifacts.get(artifact).map(|entry| entry.approved_at.clone()))
    };
    if approved(Side::Other) > approved(Side::One) {
        Side::Other
    } else {
        Side::One
    }
}

fn approvals(sides: RecordSides<'_>) -> Option<Vec<u8>> {
    let [one, other] = [Side::One, Side::Other].map(|side| sides.parsed::<ApprovalsFile>(side, "approvals.json"));
    let mut artifacts: BTreeMap<String, ApprovalEntry> = one?.artifacts;
    for (name, entry) in other?.artifacts {
        let is_later = artifacts
            .get(&name)
            .is_none_or(|known| entry.approved_at > known.approved_at);
        if is_later {
            artifacts.insert(name, entry);
        }
    }
    Some(to_json(&ApprovalsFile {
        schema: APPROVALS_SCHEMA.into(),
        artifacts,
    }))
}

/// All acceptances; of two of one finding the later one, as when somebody accepts it anew.
fn acceptances(sides: RecordSides<'_>) -> Option<Vec<u8>> {
    let [one, other] = [Side::One, Side::Other].map(|side| sides.parsed::<AcceptancesFile>(side, "acceptances.json"));
    let mut all: Vec<AcceptanceEntry> = one?.acceptances;
    for entry in other?.acceptances {
        match all.iter_mut().find(|known| known.fingerprint == entry.fingerprint) {
            Some(known) if entry.accepted_at > known.accepted_at => *known = entry,
            Some(_) => {}
            None => all.push(entry),
        }
    }
    all.sort_by(|a, b| (&a.accepted_at, &a.fingerprint).cmp(&(&b.accepted_at, &b.fingerprint)));
    Some(to_json(&AcceptancesFile {
        schema: ACCEPTANCES_SCHEMA.into(),
        acceptances: all,
    }))
}

/// The side that is further, with what only the other one knows; the target is that of the report that counts.
fn run_file(sides: RecordSides<'_>) -> Option<Vec<u8>> {
    let newer = newer_report(sides);
    let [one, other] = [Side::One, Side::Other].map(|side| sides.parsed::<RunFile>(side, "run.json"));
    let (one, other) = (one?, other?);
    let reported = match newer {
        Side::One => one.target.clone(),
        Side::Other => other.target.clone(),
    };
    let other_is_further = match one.run_state().cmp(&other.run_state()) {
        std::cmp::Ordering::Less => true,
        std::cmp::Ordering::Equal => newer == Side::Other,
        std::cmp::Ordering::Greater => false,
    };
    let (further, behind) = if other_is_further { (other, one) } else { (one, other) };
    Some(to_json(&RunFile {
        branch: further.branch.or(behind.branch),
        worktree: further.worktree.or(behind.worktree),
        session: further.session.or(behind.session),
        started_at: further.started_at.or(behind.started_at),
        base: further.base.or(behind.base),
        target: reported.or(further.target).or(behind.target),
        ..further
    }))
}

/// Both texts: the second one under a name that tells it apart by its content.
fn both(sides: RecordSides<'_>, name: &str) -> Vec<(String, Vec<u8>)> {
    let text = |side| sides.file(side, name).cloned().unwrap_or_default();
    let (one, other) = (text(Side::One), text(Side::Other));
    let hash = crate::model::artifact_hash(false, &other);
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let second = format!("{stem}-{}{ending}", &hash[..8]);
    vec![(name.to_owned(), one), (second, other)]
}

#[cfg(test)]
mod tests {
    use super::{Files, RecordSides, join};

    fn files(entries: &[(&str, &str)]) -> Files {
        let owned = |(name, text): &(&str, &str)| (name.to_string(), text.as_bytes().to_vec());
        entries.iter().map(owned).collect()
    }

    fn joined(base: &[(&str, &str)], one: &[(&str, &str)], other: &[(&str, &str)]) -> Files {
        join(RecordSides {
            base: &files(base),
            one: &files(one),
            other: &files(other),
        })
    }

    fn accepted(entries: &[(&str, &str, &str)]) -> String {
        let entry = |(print, because, at): &(&str, &str, &str)| {
            format!(
                r#"{{"fingerprint":"{print}","because":"{because}","acceptedBy":"A <a@example.com>","acceptedAt":"{at}"}}"#
            )
        };
        let all: Vec<String> = entries.iter().map(entry).collect();
        format!(
            r#"{{"schema":"drift/acceptances/1","acceptances":[{}]}}"#,
            all.join(",")
        )
    }

    #[test]
    fn what_one_side_changed_is_taken_and_what_was_changed_outlives_a_removal() {
        let base = [("a", "1"), ("b", "1"), ("c", "1"), ("d", "1")];
        let found = joined(
            &base,
            &[("a", "2"), ("b", "1"), ("d", "1")],
            &[("a", "1"), ("b", "1"), ("c", "3")],
        );
        assert_eq!(found, files(&[("a", "2"), ("b", "1"), ("c", "3")]));
    }

    #[test]
    fn acceptances_are_united_and_the_later_of_two_counts() {
        let one = accepted(&[
            ("D1", "early", "2024-01-01T00:00:00Z"),
            ("D2", "mine", "2024-01-03T00:00:00Z"),
        ]);
        let other = accepted(&[
            ("D3", "yours", "2024-01-01T00:00:00Z"),
            ("D1", "late", "2024-01-02T00:00:00Z"),
        ]);
        let name = "acceptances.json";
        let found = joined(&[], &[(name, &one)], &[(name, &other)]);
        let swapped = joined(&[], &[(name, &other)], &[(name, &one)]);
        assert_eq!(found, swapped);
        let text = String::from_utf8(found[name].clone()).unwrap();
        for kept in ["late", "mine", "yours"] {
            assert!(text.contains(kept), "{text}");
        }
        assert!(!text.contains("early"));
    }

    #[test]
    fn the_further_state_counts_with_what_both_know() {
        let run = |state: &str, rest: &str| {
            format!(r#"{{"schema":"drift/run/1","id":"0","slug":"a","createdAt":"x","state":"{state}"{rest}}}"#)
        };
        let one = run("finished", "");
        let other = run("reported", r#","branch":"work","target":"t""#);
        let found = joined(&[], &[("run.json", &one)], &[("run.json", &other)]);
        let file: serde_json::Value = serde_json::from_slice(&found["run.json"]).unwrap();
        assert_eq!(
            (&file["state"], &file["branch"], &file["target"]),
            (&"finished".into(), &"work".into(), &"t".into())
        );
    }

    #[test]
    fn two_texts_of_one_evidence_are_both_kept_and_what_cannot_be_read_ends_nothing() {
        let found = joined(&[], &[("evidence/unit.json", "1")], &[("evidence/unit.json", "2")]);
        let names: Vec<&String> = found.keys().collect();
        assert_eq!(names, ["evidence/unit-d4735e3a.json", "evidence/unit.json"]);
        for name in [
            "run.json",
            "approvals.json",
            "acceptances.json",
            "run_report.json",
            "intent.json",
        ] {
            let found = joined(&[], &[(name, "{")], &[(name, "}")]);
            assert_eq!(found, files(&[(name, "{")]));
        }
    }
}
