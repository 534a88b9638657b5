//! What drift says of a range, held against what git prints for it.

use crate::support::repo::Repo;
use drift::model::{Change, History};

/// Panics unless drift and git say the same of `base..target`; returns what they say.
pub fn agree(repo: &Repo, base: &str, target: &str) -> History {
    let history = repo.observe(base, target).unwrap();
    assert_eq!(ids(&history), rev_list(repo, base, target), "{base}..{target}");
    let merge_bases = lines(&repo.git(&["merge-base", "--all", base, target]));
    assert_eq!(history.merge_bases, merge_bases.len());
    assert!(merge_bases.contains(&history.merge_base.to_string()));
    for commit in &history.commits {
        assert_eq!(
            raw_lines(&commit.changes),
            diff_tree(repo, &commit.id.to_string()),
            "{}",
            commit.id
        );
    }
    let net = repo.git_bytes(&[
        "diff",
        "--raw",
        "-z",
        "--no-abbrev",
        "-M50%",
        "-l1000",
        &history.merge_base.to_string(),
        target,
        "--",
    ]);
    assert_eq!(raw_lines(&history.changes), entries(&net));
    history
}

/// The commits of drift's history, in its order.
pub fn ids(history: &History) -> Vec<String> {
    history.commits.iter().map(|commit| commit.id.to_string()).collect()
}

/// The commits of `base..target` as git orders them, ancestors first.
pub fn rev_list(repo: &Repo, base: &str, target: &str) -> Vec<String> {
    lines(&repo.git(&["rev-list", "--topo-order", "--reverse", target, "--not", base, "--"]))
}

pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// What git says that a commit changed, for a merge against all its parents.
fn diff_tree(repo: &Repo, id: &str) -> Vec<String> {
    let output = repo.git_bytes(&[
        "diff-tree",
        "--root",
        "-c",
        "-r",
        "-z",
        "--raw",
        "--no-renames",
        "--no-commit-id",
        "--no-abbrev",
        id,
    ]);
    let records = entries(&output);
    records.iter().map(|record| first_parents_side(record)).collect()
}

/// A merge's record (`::MODE… MODE ID… ID LETTERS`), with the other parents' sides taken out.
fn first_parents_side(record: &str) -> String {
    let parents = record.chars().take_while(|&c| c == ':').count();
    if parents < 2 {
        return record.to_owned();
    }
    let (facts, path) = record[parents..].split_once('|').unwrap();
    let facts: Vec<&str> = facts.split(' ').collect();
    let (modes, ids) = facts[..2 * parents + 2].split_at(parents + 1);
    let letter = &facts[2 * parents + 2][..1];
    format!(
        ":{} {} {} {} {letter}|{path}",
        modes[0], modes[parents], ids[0], ids[parents]
    )
}

/// The records of `--raw -z`, one string each: the colon's line, then its paths.
fn entries(raw: &[u8]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for field in raw.split(|&byte| byte == 0).filter(|field| !field.is_empty()) {
        let field = field.escape_ascii().to_string();
        match found.last_mut() {
            Some(last) if !field.starts_with(':') => {
                last.push('|');
                last.push_str(&field);
            }
            _ => found.push(field),
        }
    }
    found
}

/// The same records made of drift's changes.
fn raw_lines(changes: &[Change]) -> Vec<String> {
    changes.iter().map(raw_line).collect()
}

fn raw_line(change: &Change) -> String {
    let mode = |mode: Option<drift::model::FileMode>| format!("{:06o}", mode.map_or(0, |mode| mode.bits()));
    let id = |id: Option<drift::model::ObjectId>| {
        let zeros = "0".repeat(change.new_id.or(change.old_id).map_or(40, |id| 2 * id.as_bytes().len()));
        id.map_or(zeros, |id| id.to_string())
    };
    let similarity = change
        .similarity
        .map_or(String::new(), |percent| format!("{percent:03}"));
    let old_path = change.previous_path.as_ref();
    let paths = old_path.into_iter().chain([&change.path]);
    let paths: String = paths
        .map(|path| format!("|{}", path.as_bytes().escape_ascii()))
        .collect();
    format!(
        ":{} {} {} {} {}{similarity}{paths}",
        mode(change.old_mode),
        mode(change.new_mode),
        id(change.old_id),
        id(change.new_id),
        change.kind.letter()
    )
}
