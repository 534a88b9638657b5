//! A merge's own changes equal `git diff-tree -c`.

use super::random_trees::{Files, Random, changed, commit_all, files};
use crate::support::scratch_repo::ScratchRepo;
use drift::git::combined_diff::against_all_parents;
use drift::git::raw_change::RawChange;
use drift::git::tree_diff::Differ;
use drift::model::FileMode;
use gix::ObjectId;
use gix::bstr::ByteSlice;

/// Path, then old mode, new mode, old id and new id; the old side is the first parent's.
type Row = (Vec<u8>, String);

/// What `git diff-tree -c` says of a merge: `::mode mode mode id id id status NUL path NUL`, the parents first.
fn git_rows(repo: &ScratchRepo, merge: ObjectId) -> Vec<Row> {
    let merge = merge.to_string();
    let arguments = [
        "diff-tree",
        "-c",
        "-r",
        "-z",
        "--raw",
        "--no-abbrev",
        "--no-commit-id",
        &merge,
    ];
    let output = repo.git_with_input(&arguments, b"");
    let fields: Vec<_> = output.split_str("\0").filter(|it| !it.is_empty()).collect();
    let row = |pair: &[&[u8]]| {
        let parents = pair[0].iter().take_while(|&&byte| byte == b':').count();
        let words: Vec<_> = pair[0][parents..].to_str().unwrap().split(' ').collect();
        let shown = [words[0], words[parents], words[parents + 1], words[2 * parents + 1]];
        (pair[1].to_vec(), shown.join(" "))
    };
    fields.chunks(2).map(row).collect()
}

fn drift_row(change: &RawChange) -> Row {
    let mode = |mode: Option<FileMode>| mode.map_or(0, FileMode::bits);
    let id = |id: Option<ObjectId>| id.unwrap_or(ObjectId::null(gix::hash::Kind::Sha1));
    let (old, new) = (mode(change.old_mode), mode(change.new_mode));
    let shown = format!("{old:06o} {new:06o} {} {}", id(change.old_id), id(change.new_id));
    (change.path.to_vec(), shown)
}

/// The merge's own changes, after they were found equal to git's.
fn checked(repo: &ScratchRepo, merge: ObjectId) -> Vec<String> {
    let opened = repo.open();
    let commit = opened.find_commit(merge).unwrap();
    let tree_of = |id: gix::Id<'_>| opened.find_commit(id).unwrap().tree_id().unwrap().detach();
    let parents: Vec<_> = commit.parent_ids().map(tree_of).collect();
    let tree = commit.tree_id().unwrap().detach();
    let changes = against_all_parents(&mut Differ::new(&opened), &parents, tree).unwrap();
    assert_eq!(changes.iter().map(drift_row).collect::<Vec<_>>(), git_rows(repo, merge));
    let shown = changes.iter().map(|it| format!("{} {}", it.kind.letter(), it.path));
    shown.collect()
}

fn tree(files: &[(&str, &str)]) -> Files {
    let file = |(path, content): &(&str, &str)| ((*path).into(), ("100644", content.as_bytes().to_vec()));
    files.iter().map(file).collect()
}

/// The merge of `parents` with this result, and its own changes.
fn merge(parents: &[Files], result: Files) -> Vec<String> {
    let repo = ScratchRepo::new();
    let mut commits: Vec<_> = parents.iter().map(|files| (vec![], files.clone())).collect();
    commits.push(((0..parents.len()).collect(), result));
    let ids = commit_all(&repo, &commits);
    checked(&repo, *ids.last().unwrap())
}

#[test]
fn a_clean_merge_has_no_changes_of_its_own() {
    let ours = tree(&[("a", "ours"), ("b", "old"), ("d/x", "1")]);
    let theirs = tree(&[("a", "old"), ("b", "theirs"), ("d/y", "2")]);
    let both = tree(&[("a", "ours"), ("b", "theirs"), ("d/x", "1"), ("d/y", "2")]);
    assert!(merge(&[ours, theirs], both).is_empty());
}

#[test]
fn what_no_parent_has_is_the_merges_own() {
    let ours = tree(&[("both", "ours"), ("gone", "1"), ("d/gone", "1"), ("mine", "1")]);
    let theirs = tree(&[("both", "theirs"), ("gone", "2"), ("d/gone", "2"), ("d/theirs", "1")]);
    let result = tree(&[
        ("both", "resolved"),
        ("mine", "edited"),
        ("d/theirs", "edited"),
        ("evil/new", "1"),
    ]);
    let own = ["M both", "D d/gone", "A d/theirs", "A evil/new", "D gone", "M mine"];
    assert_eq!(merge(&[ours, theirs], result), own);
}

#[test]
fn a_path_that_only_one_parent_had_and_the_merge_drops_is_that_parents_affair() {
    let ours = tree(&[("a", "1"), ("mine/only", "1")]);
    let theirs = tree(&[("a", "1")]);
    assert!(merge(&[ours, theirs.clone()], theirs).is_empty());
}

#[test]
fn a_file_that_is_a_folder_elsewhere_is_another_path() {
    let ours = tree(&[("a", "file"), ("z", "1")]);
    let theirs = tree(&[("a/b", "inside"), ("z", "2")]);
    let result = tree(&[("a/b", "edited"), ("a/c", "new"), ("z", "2")]);
    assert_eq!(merge(&[ours, theirs], result), ["A a/b", "A a/c"]);
}

#[test]
fn random_merges_of_two_to_five_parents_equal_gits() {
    let repo = ScratchRepo::new();
    let mut random = Random::new(11);
    let mut commits = Vec::new();
    let mut merges = Vec::new();
    for number in 0..60 {
        let base = files(&mut random, 30);
        let first = commits.len();
        for _ in 0..2 + number % 4 {
            commits.push((vec![], changed(&mut random, &base, 8)));
        }
        let sides: Vec<Files> = commits[first..].iter().map(|commit| commit.1.clone()).collect();
        merges.push(commits.len());
        commits.push(((first..commits.len()).collect(), mixture(&mut random, &sides)));
    }
    let ids = commit_all(&repo, &commits);
    let own: usize = merges.iter().map(|&at| checked(&repo, ids[at]).len()).sum();
    assert!(own > 50, "{own}");
}

/// Each path as one of the sides has it, and a few more changes on top.
fn mixture(random: &mut Random, sides: &[Files]) -> Files {
    let mut mixed = sides[0].clone();
    for side in &sides[1..] {
        for path in side.keys().chain(mixed.clone().keys()) {
            match side.get(path) {
                _ if random.percent(50) => {}
                None => drop(mixed.remove(path)),
                Some(file) => {
                    let inside = format!("{path}/");
                    mixed.retain(|other, _| !other.starts_with(&inside) && !path.starts_with(&format!("{other}/")));
                    mixed.insert(path.clone(), file.clone());
                }
            }
        }
    }
    let steps = random.below(4);
    changed(random, &mixed, steps)
}
