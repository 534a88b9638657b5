//! A branch that others' work is merged into, by its own commits alone, held against what git says of its first-parent line.

use crate::support::repo::Repo;
use drift::git::Query;
use drift::model::{ChangeKind, History};

/// `main`, a lane `first`, and `second`, into which both are merged.
fn merged() -> Repo {
    let repo = Repo::new();
    repo.write("a", "1\n")
        .write("b", "1\n")
        .write("c", "1\n")
        .commit("begin");
    repo.git(&["branch", "planned"]);
    repo.git(&["switch", "--quiet", "-c", "first"]);
    repo.write("a", "2\n").write("first", "x\n").commit("first: a");
    repo.git(&["switch", "--quiet", "main"]);
    repo.write("main", "x\n").commit("main: on");
    repo.git(&["switch", "--quiet", "-c", "second", "planned"]);
    repo.write("b", "2\n").commit("second: b");
    repo.merge(&["first"]);
    repo.write("first", "changed\n")
        .write("passing", "x\n")
        .commit("second: on top");
    repo.merge(&["main"]);
    repo.git(&["rm", "--quiet", "passing", "c"]);
    repo.commit("second: c goes, and what came too");
    repo
}

fn own(repo: &Repo, others: &[&str]) -> History {
    let opened = repo.open().unwrap();
    let query = Query {
        own_commits: true,
        others: others.iter().map(|name| opened.resolve_commit(name).unwrap()).collect(),
        all_files: true,
        ..Query::new("planned", "second")
    };
    opened.observe(&query).unwrap()
}

fn shown(history: &History) -> Vec<String> {
    let change = |it: &drift::model::Change| format!("{} {}", it.kind.letter(), it.path);
    history.changes.iter().map(change).collect()
}

#[test]
fn its_commits_are_those_of_its_first_parent_line() {
    let repo = merged();
    let history = own(&repo, &[]);
    let listed = repo.git(&["rev-list", "--first-parent", "--reverse", "planned..second"]);
    let ids: Vec<String> = history.commits.iter().map(|it| it.id.to_string()).collect();
    assert_eq!(ids.join("\n"), listed);
    assert!(history.own_commits);
}

#[test]
fn its_changes_are_what_these_commits_did_in_the_end() {
    let repo = merged();
    assert_eq!(shown(&own(&repo, &[])), ["M b", "D c", "M first"]);
    let touched = repo.git(&[
        "log",
        "--first-parent",
        "--diff-merges=dense-combined",
        "--name-only",
        "--format=",
        "planned..second",
    ]);
    let mut touched: Vec<&str> = touched.lines().filter(|line| !line.is_empty()).collect();
    touched.sort_unstable();
    touched.dedup();
    // What came and went again is no change in the end.
    assert_eq!(touched, ["b", "c", "first", "passing"]);
}

#[test]
fn the_tree_before_them_has_what_was_merged() {
    let repo = merged();
    let history = own(&repo, &[]);
    let before: Vec<String> = history
        .base_tree
        .files
        .iter()
        .map(|file| file.path.to_string())
        .collect();
    assert_eq!(before, ["a", "b", "c", "first", "main"]);
    let after: Vec<String> = history
        .target_tree
        .files
        .iter()
        .map(|file| file.path.to_string())
        .collect();
    assert_eq!(after.join("\n"), repo.git(&["ls-tree", "-r", "--name-only", "second"]));
}

#[test]
fn a_branch_that_grew_from_anothers_work_begins_behind_it() {
    let repo = merged();
    repo.git(&["switch", "--quiet", "-c", "third", "second"]);
    repo.write("third", "x\n").commit("third: own");
    let opened = repo.open().unwrap();
    let query = Query {
        own_commits: true,
        others: vec![opened.resolve_commit("second").unwrap()],
        ..Query::new("planned", "third")
    };
    let history = opened.observe(&query).unwrap();
    assert_eq!(shown(&history), ["A third"]);
    assert_eq!(history.commits.len(), 1);
    assert_eq!(history.merge_base.to_string(), repo.id("planned"));
}

#[test]
fn a_conflict_that_a_merge_settles_is_its_own_work() {
    let repo = merged();
    repo.git(&["switch", "--quiet", "-c", "left", "planned"]);
    repo.write("b", "left\n").commit("left");
    repo.git(&["switch", "--quiet", "-c", "right", "planned"]);
    repo.write("b", "right\n").commit("right");
    repo.git(&["switch", "--quiet", "left"]);
    assert!(!repo.git_succeeds(&["merge", "--quiet", "right"]));
    repo.write("b", "both\n").commit("settled");
    let query = Query {
        own_commits: true,
        ..Query::new("planned", "left")
    };
    let history = repo.open().unwrap().observe(&query).unwrap();
    let [change] = history.changes.as_slice() else {
        panic!("{:?}", history.changes)
    };
    assert_eq!(change.kind, ChangeKind::Modified);
    assert_eq!(change.new_id.unwrap().to_string(), repo.id("left:b"));
    assert_eq!(change.old_id.unwrap().to_string(), repo.id("planned:b"));
}
