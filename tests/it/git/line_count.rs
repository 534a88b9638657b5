//! Line counts equal those of `git diff --numstat`.

use super::agreement::{drift_rows, git_rows};
use super::random_trees::{Random, changed, commit_all, files};
use crate::support::scratch_repo::{ScratchRepo, id};
use drift::git::GitError;
use drift::git::line_count::count;
use drift::git::raw_change::RawChange;
use drift::git::renames::{Scratch, detect};
use drift::git::tree_diff::Differ;
use drift::model::{LineCount, RenameOptions};
use gix::ObjectId;

/// The changes with renames, counted.
fn counted(repo: &gix::Repository, old: ObjectId, new: ObjectId, threads: usize) -> Vec<RawChange> {
    let mut changes = Differ::new(repo).diff(Some(old), Some(new)).unwrap();
    detect(repo, &mut Scratch::default(), &mut changes, RenameOptions::default()).unwrap();
    count(repo, &mut changes, threads).unwrap();
    changes
}

/// What each path's lines are, after they were found equal to git's.
fn checked(repo: &ScratchRepo, old: ObjectId, new: ObjectId) -> Vec<String> {
    let rows = drift_rows(&counted(&repo.open(), old, new, 1));
    assert_eq!(rows, git_rows(repo, &[(old, new)], &["-M", "--numstat"])[0]);
    rows.iter()
        .map(|row| format!("{} {}", row.paths.last().unwrap(), row.lines))
        .collect()
}

#[test]
fn lines_are_counted_with_and_without_their_ends() {
    let repo = ScratchRepo::new();
    let old = repo
        .write("a", "1\n2\n3\n")
        .write("b", "1\n2")
        .write("c", "x\r\n")
        .write("gone", "1\n2")
        .commit("old");
    repo.git(&["rm", "--quiet", "gone"]);
    let new = repo
        .write("a", "1\nzwei\n3\n4\n")
        .write("b", "1\n2\n")
        .write("c", "x\n")
        .write("empty", "")
        .write("new", "7\n\n9\n")
        .commit("new");
    assert_eq!(
        checked(&repo, old, new),
        ["a 2 1", "b 1 1", "c 1 1", "empty 0 0", "gone 0 2", "new 3 0"]
    );
}

#[test]
fn binary_files_have_no_lines_even_where_they_only_move() {
    let repo = ScratchRepo::new();
    let late = |zero_at: usize| [vec![b'x'; zero_at], vec![0, b'\n']].concat();
    let old = repo
        .write("a", b"\0\n1")
        .write("moved", b"\0\n2")
        .write("late", late(8000))
        .commit("old");
    repo.git(&["mv", "moved", "there"]);
    let new = repo
        .write("a", "text\n")
        .write("late", late(8001))
        .write("new", late(7999))
        .commit("new");
    assert_eq!(checked(&repo, old, new), ["a - -", "late 1 1", "new - -", "there - -"]);
}

#[test]
fn a_mode_has_no_lines() {
    let repo = ScratchRepo::new();
    let (text, binary) = (repo.write_object("blob", b"1\n"), repo.write_object("blob", b"\0"));
    let tree = |mode| id(&repo.write_tree(&[(mode, b"binary", &binary), (mode, b"text", &text)]));
    assert_eq!(
        checked(&repo, tree("100644"), tree("100755")),
        ["binary - -", "text 0 0"]
    );
}

#[test]
fn a_submodule_is_the_line_that_names_its_commit() {
    let repo = ScratchRepo::new();
    let blob = repo.write_object("blob", b"one\ntwo\n");
    let (one, two) = ("1".repeat(40), "2".repeat(40));
    let old = id(&repo.write_tree(&[
        ("160000", b"changed", &one),
        ("160000", b"gone", &one),
        ("100644", b"type", &blob),
    ]));
    let new = id(&repo.write_tree(&[
        ("160000", b"changed", &two),
        ("160000", b"new", &two),
        ("160000", b"type", &two),
    ]));
    assert_eq!(
        checked(&repo, old, new),
        ["changed 1 1", "gone 0 1", "new 1 0", "type 1 2"]
    );
    assert_eq!(
        checked(&repo, new, old),
        ["changed 1 1", "gone 1 0", "new 0 1", "type 2 1"]
    );
}

#[test]
fn attributes_do_not_hide_lines() {
    let repo = ScratchRepo::new();
    let old = repo
        .write("a", "1\n")
        .write(".gitattributes", "a -diff\n")
        .commit("old");
    let new = repo.write("a", "2\n").commit("new");
    let changes = counted(&repo.open(), old, new, 1);
    assert_eq!(
        changes[0].lines,
        LineCount::Lines {
            insertions: 1,
            deletions: 1
        }
    );
}

#[test]
fn counts_of_random_trees_equal_gits_with_any_number_of_threads() {
    let mut random = Random::new(21);
    let repo = ScratchRepo::new();
    let mut trees = vec![(vec![], files(&mut random, 150))];
    for _ in 0..25 {
        let next = changed(&mut random, &trees[trees.len() - 1].1, 120);
        trees.push((vec![], next));
    }
    let opened = repo.open();
    let tree = |commit: ObjectId| opened.find_commit(commit).unwrap().tree_id().unwrap().detach();
    let trees: Vec<_> = commit_all(&repo, &trees).into_iter().map(tree).collect();
    let pairs: Vec<_> = trees.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let expected = git_rows(&repo, &pairs, &["-M", "--numstat"]);
    for (&(old, new), expected) in pairs.iter().zip(&expected) {
        for threads in [1, 2, 5] {
            assert_eq!(
                &drift_rows(&counted(&opened, old, new, threads)),
                expected,
                "{old} {new}"
            );
        }
    }
}

#[test]
fn a_missing_content_is_the_same_error_with_any_number_of_threads() {
    let source = ScratchRepo::new();
    source.git(&["config", "uploadpack.allowFilter", "true"]);
    let old = source.commit("empty");
    for number in 0..120 {
        source.write(&format!("{number:03}"), format!("{number}\n"));
    }
    let new = source.commit("many");
    let partial = ScratchRepo::clone_of(&source, &["--bare", "--filter=blob:none"]);
    let opened = partial.open();
    let message = |threads| {
        let mut changes = Differ::new(&opened).diff(Some(old), Some(new)).unwrap();
        let error = count(&opened, &mut changes, threads).unwrap_err();
        assert!(
            matches!(error, GitError::MissingObject { promisor: true, .. }),
            "{error}"
        );
        error.to_string()
    };
    assert_eq!(message(1), message(4));
}
