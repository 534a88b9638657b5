//! Whether every line of lessons.jsonl can be read, and is there once.

use super::patient::{Patient, shown};
use super::{Ailment, Check};
use crate::model::{printable, shell_word};
use crate::ops::{OpsError, runs};
use crate::report::wire::v1::{LESSON_SCHEMA, Lesson};
use crate::store;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub(super) const CHECK: Check = Check {
    name: "lessons",
    looks_at: "the lines of lessons.jsonl",
    mends: Some(
        "drops a line that is there twice byte for byte, and ends a last line that was not ended; other lines never",
    ),
    run,
};

/// What is wrong with single lines, by their numbers from 1.
#[derive(Default)]
struct Lines {
    unreadable: Vec<usize>,
    newer: BTreeMap<String, Vec<usize>>,
    doubled: Vec<usize>,
    contradicting: Vec<usize>,
    is_open: bool,
}

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    let path = runs::home(&patient.repository)?.lessons();
    let Some(text) = store::read_if_there(&path)? else {
        return Ok(());
    };
    let lines = look(&text);
    let place = shown(&path);
    if !lines.unreadable.is_empty() {
        let what = format!(
            "no lesson, but torn by a crash, or left by a merge: {}",
            numbered(&lines.unreadable)
        );
        found.push(Ailment::warning(what, place.as_str()).command(dropping(&path, &lines.unreadable)));
    }
    for (schema, numbers) in &lines.newer {
        let what = format!(
            "written by a newer drift (`{}`): {}",
            printable(schema),
            numbered(numbers)
        );
        found.push(Ailment::note(what, place.as_str()));
    }
    if !lines.contradicting.is_empty() {
        let what = format!(
            "the key of a later line, which says otherwise: {}",
            numbered(&lines.contradicting)
        );
        found.push(Ailment::warning(what, place.as_str()).command(dropping(&path, &lines.contradicting)));
    }
    if !lines.doubled.is_empty() {
        let what = format!("there before, byte for byte: {}", numbered(&lines.doubled));
        let ailment = Ailment::warning(what, place.as_str()).command(dropping(&path, &lines.doubled));
        found.push(rewritten(ailment, path.clone()));
    }
    if lines.is_open {
        let ailment = Ailment::warning("the last line is not ended", place.as_str());
        found.push(rewritten(
            ailment.command(format!("echo >>{}", shell_word(&place))),
            path,
        ));
    }
    Ok(())
}

fn look(text: &[u8]) -> Lines {
    let mut lines = Lines::default();
    let mut seen: BTreeSet<&[u8]> = BTreeSet::new();
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    for (at, line) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let bare = line.strip_suffix(b"\n").unwrap_or(line);
        let number = at + 1;
        if bare.trim_ascii().is_empty() {
            continue;
        }
        let schema = schema_of(bare);
        match (serde_json::from_slice::<Lesson>(bare), schema) {
            (_, Some(schema)) if is_newer(&schema) => lines.newer.entry(schema).or_default().push(number),
            (Ok(_), Some(schema)) if schema != LESSON_SCHEMA => lines.unreadable.push(number),
            (Ok(_), _) if !seen.insert(bare) => lines.doubled.push(number),
            (Ok(lesson), _) => lines.contradicting.extend(by_id.insert(lesson.id, number)),
            (Err(_), _) => lines.unreadable.push(number),
        }
        // A torn line is told as such; ending it would not make it whole.
        lines.is_open = !line.ends_with(b"\n") && lines.unreadable.last() != Some(&number);
    }
    lines
}

fn schema_of(line: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(line).ok()?;
    Some(value.get("schema")?.as_str()?.to_owned())
}

fn is_newer(schema: &str) -> bool {
    let number = |text: &str| text.rsplit('/').next().and_then(|number| number.parse::<u32>().ok());
    schema.starts_with("drift/lesson/") && number(schema) > number(LESSON_SCHEMA)
}

/// Drops doubled lines and ends the last one, while nobody else writes.
fn rewritten(ailment: Ailment, path: PathBuf) -> Ailment {
    ailment.mended_by(move |_| {
        let text = store::read(&path)?;
        let doubled: BTreeSet<usize> = look(&text).doubled.into_iter().collect();
        let known: Vec<Vec<u8>> = text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        // Only lines that are still what they were are dropped: somebody may have written meanwhile.
        let keep = |number: usize, line: &[u8]| {
            !(doubled.contains(&(number + 1)) && known.get(number).is_some_and(|it| it == line))
        };
        let gone = store::keep_lines(&path, keep)?;
        let changed = store::read(&path)? != text;
        Ok(changed.then(|| {
            format!(
                "ended the last line of {}, and dropped doubled ones: {gone}",
                path.display()
            )
        }))
    })
}

fn numbered(numbers: &[usize]) -> String {
    let list: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    format!(
        "{} {}",
        if numbers.len() == 1 { "line" } else { "lines" },
        list.join(", ")
    )
}

/// The command that deletes these lines.
fn dropping(path: &Path, numbers: &[usize]) -> String {
    let script: Vec<String> = numbers.iter().map(|number| format!("{number}d")).collect();
    format!("sed -i '{}' {}", script.join(";"), shell_word(&shown(path)))
}

#[cfg(test)]
mod tests {
    use super::look;

    #[test]
    fn a_torn_tail_is_unreadable_and_not_merely_open() {
        let lines = look(b"{\"schema\":\"drift/lesson/1\",\"id\":\"a");
        assert_eq!((lines.unreadable, lines.is_open), (vec![1], false));
        let lines = look(b"{\"schema\":\"drift/lesson/2\"}");
        assert_eq!((lines.newer.len(), lines.is_open), (1, true));
        let lines = look(b"\n<<<<<<< HEAD\n{}\n");
        assert_eq!((lines.unreadable, lines.is_open), (vec![2, 3], false));
    }
}
