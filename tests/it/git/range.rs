//! Ranges of every shape: commits, their order, their changes and where they begin, as git has them.

use super::range_agreement::{agree, ids, rev_list};
use crate::support::repo::Repo;
use drift::git::{GitError, Query};
use drift::model::ChangeKind;

#[test]
fn a_line_of_commits_is_listed_from_its_first_to_its_last() {
    let repo = Repo::new();
    repo.commit_file("a", "1\n");
    for number in 0..5 {
        repo.commit_file(&format!("file{number}"), format!("{number}\n"));
    }
    let history = agree(&repo, "HEAD~5", "HEAD");
    assert_eq!(history.commits.len(), 5);
    assert_eq!(history.commits[0].subject(), "file0");
    assert_eq!(history.commits[4].author.name, "A U Thor");
    assert_eq!(history.commits[4].committer.email, "committer@example.com");
    assert_eq!(history.commits[4].committer.time, 1_700_000_000 + 6 * 60);
}

#[test]
fn a_branch_is_compared_with_the_commit_that_it_left_main_at() {
    let repo = Repo::new();
    repo.commit_file("a", "1\n");
    repo.git(&["checkout", "--quiet", "-b", "work"]);
    repo.commit_file("b", "1\n");
    repo.git(&["checkout", "--quiet", "main"]);
    repo.commit_file("c", "1\n");
    repo.git(&["checkout", "--quiet", "work"]);
    repo.commit_file("d", "1\n");
    let history = agree(&repo, "main", "work");
    assert_eq!(history.commits.len(), 2);
    assert_eq!(history.changes.len(), 2);
    assert_eq!(history.merge_base.to_string(), repo.id("main~1"));
    assert!(!history.shallow);
}

#[test]
fn merges_show_only_what_no_parent_has() {
    let repo = Repo::new();
    repo.commit_file("a", "1\n2\n3\n");
    repo.git(&["checkout", "--quiet", "-b", "side"]);
    repo.commit_file("b", "side\n");
    repo.commit_file("a", "side\n2\n3\n");
    repo.git(&["checkout", "--quiet", "main"]);
    repo.commit_file("c", "main\n");
    repo.merge(&["side"]);
    repo.git(&["checkout", "--quiet", "-b", "evil", "main~1"]);
    repo.git(&["merge", "--quiet", "--no-commit", "--no-ff", "side"]);
    repo.write("a", "evil\n2\n3\n").write("only-here", "x\n");
    repo.commit("evil merge");
    let clean = agree(&repo, "main~1~1", "main");
    assert!(clean.commits.last().unwrap().is_merge());
    assert!(clean.commits.last().unwrap().changes.is_empty());
    let evil = agree(&repo, "main~1~1", "evil");
    let paths: Vec<String> = evil
        .commits
        .last()
        .unwrap()
        .changes
        .iter()
        .map(|change| change.path.to_string())
        .collect();
    assert_eq!(paths, ["a", "only-here"]);
}

#[test]
fn an_octopus_merge_has_many_parents() {
    let repo = Repo::new();
    repo.commit_file("a", "1\n");
    for branch in ["one", "two", "three"] {
        repo.git(&["checkout", "--quiet", "-b", branch, "main"]);
        repo.commit_file(branch, "1\n");
    }
    repo.git(&["checkout", "--quiet", "main"]);
    repo.commit_file("b", "1\n");
    repo.merge(&["one", "two", "three"]);
    let history = agree(&repo, "main~2", "main");
    assert_eq!(history.commits.last().unwrap().parents.len(), 4);
    agree(&repo, "one", "main");
}

#[test]
fn of_several_merge_bases_the_newest_is_taken_and_all_are_counted() {
    let repo = criss_cross();
    let history = agree(&repo, "left", "right");
    assert_eq!(history.merge_bases, 2);
    assert_eq!(history.merge_base.to_string(), repo.id("right~2"));
}

/// `left` and `right` have each merged the other once, and went on.
fn criss_cross() -> Repo {
    let repo = Repo::new();
    repo.commit_file("a", "1\n");
    repo.git(&["branch", "left"]);
    repo.git(&["checkout", "--quiet", "-b", "right"]);
    repo.git(&["checkout", "--quiet", "left"]);
    let left = repo.commit_file("l", "1\n");
    repo.git(&["checkout", "--quiet", "right"]);
    let right = repo.commit_file("r", "1\n");
    repo.merge(&[&left]);
    repo.commit_file("r2", "1\n");
    repo.git(&["checkout", "--quiet", "left"]);
    repo.merge(&[&right]);
    repo.commit_file("l2", "1\n");
    repo
}

#[test]
fn a_branch_that_took_main_in_again_and_again_begins_at_the_last_time() {
    let repo = Repo::new();
    repo.commit_file("a", "1\n");
    repo.git(&["branch", "work"]);
    for number in 0..6 {
        repo.git(&["checkout", "--quiet", "main"]);
        repo.commit_file("main", format!("{number}\n"));
        repo.git(&["checkout", "--quiet", "work"]);
        repo.commit_file(&format!("work{number}"), "1\n");
        repo.merge(&["main"]);
    }
    let history = agree(&repo, "main", "work");
    assert_eq!(history.merge_bases, 1);
    assert_eq!(history.commits.len(), 12);
}

#[test]
fn a_range_without_commits_is_empty_and_no_error() {
    let repo = Repo::new();
    repo.commit_file("a", "1\n");
    repo.commit_file("b", "1\n");
    for (base, target) in [("HEAD", "HEAD"), ("HEAD", "HEAD~1")] {
        let history = agree(&repo, base, target);
        assert!(history.commits.is_empty());
        assert_eq!(history.merge_base.to_string(), repo.id(target));
        assert!(history.changes.is_empty());
    }
}

#[test]
fn unrelated_histories_are_an_error() {
    let repo = Repo::new();
    repo.commit_file("a", "1\n");
    repo.git(&["checkout", "--quiet", "--orphan", "other"]);
    repo.commit_file("b", "1\n");
    let error = repo.observe("main", "other").unwrap_err();
    assert!(matches!(error, GitError::UnrelatedHistories { .. }), "{error:?}");
    assert!(error.hint().unwrap().contains("--base"));
}

#[test]
fn an_orphan_that_was_merged_belongs_to_the_range() {
    let repo = Repo::new();
    repo.commit_file("a", "1\n");
    repo.git(&["checkout", "--quiet", "--orphan", "other"]);
    repo.git(&["rm", "-rf", "--quiet", "."]);
    repo.commit_file("b", "1\n");
    repo.git(&["checkout", "--quiet", "main"]);
    repo.tick();
    repo.git(&["merge", "--quiet", "--allow-unrelated-histories", "--no-edit", "other"]);
    assert_eq!(agree(&repo, "main~1", "main").commits.len(), 2);
}

#[test]
fn renames_modes_links_and_types_are_as_git_prints_them() {
    let repo = Repo::new();
    let text: String = (0..40).map(|line| format!("line {line}\n")).collect();
    repo.write("old.txt", &text)
        .write("gone", "1\n")
        .write("type", "1\n")
        .write("run", "1\n");
    repo.write("d\u{e9}j\u{e0} vu\n", "odd name\n");
    repo.commit("base");
    repo.git(&["mv", "old.txt", "new.txt"]);
    repo.write("new.txt", text.replace("line 7\n", "line seven\n"));
    std::fs::remove_file(repo.path().join("gone")).unwrap();
    std::fs::remove_file(repo.path().join("type")).unwrap();
    std::os::unix::fs::symlink("run", repo.path().join("type")).unwrap();
    repo.git(&["update-index", "--chmod=+x", "run"]);
    repo.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("160000,{},module", repo.id("HEAD")),
    ]);
    repo.git(&["add", "new.txt", "type", "gone"]);
    repo.commit_staged("all kinds");
    let history = agree(&repo, "HEAD~1", "HEAD");
    let renamed = history
        .changes
        .iter()
        .find(|change| change.kind == ChangeKind::Renamed)
        .unwrap();
    assert_eq!(renamed.previous_path.as_ref().unwrap().to_string(), "old.txt");
    assert!(
        history.commits[0]
            .changes
            .iter()
            .all(|change| change.kind != ChangeKind::Renamed)
    );
}

#[test]
fn sha256_repositories_are_read_alike() {
    let repo = Repo::init(&["--object-format=sha256"]);
    repo.commit_file("a", "1\n");
    repo.git(&["checkout", "--quiet", "-b", "side"]);
    repo.commit_file("b", "1\n");
    repo.git(&["checkout", "--quiet", "main"]);
    repo.commit_file("c", "1\n");
    repo.merge(&["side"]);
    let history = agree(&repo, "HEAD~2", "HEAD");
    assert_eq!(history.target.as_bytes().len(), 32);
}

#[test]
fn replace_refs_hide_no_commit() {
    let repo = Repo::new();
    let first = repo.commit_file("a", "1\n");
    let bad = repo.commit_file("secret", "1\n");
    repo.commit_file("b", "1\n");
    let tip = repo.id("HEAD");
    repo.git(&["replace", "--graft", &tip, &first]);
    repo.git(&["replace", &bad, &first]);
    let history = repo.observe(&first, "HEAD").unwrap();
    assert_eq!(ids(&history), [bad, tip]);
    assert_eq!(history.changes.len(), 2);
}

#[test]
fn annotated_tags_are_peeled_at_both_ends() {
    let repo = Repo::new();
    repo.commit_file("a", "1\n");
    repo.git(&["tag", "-a", "v1", "-m", "one"]);
    repo.git(&["tag", "-a", "v1-again", "-m", "one", "v1"]);
    repo.commit_file("b", "1\n");
    repo.git(&["tag", "-a", "v2", "-m", "two"]);
    let history = agree(&repo, "v1-again", "v2");
    assert_eq!(
        (history.base_ref.as_str(), history.target_ref.as_str()),
        ("v1-again", "v2")
    );
    assert_eq!(history.commits.len(), 1);
}

#[test]
fn a_commit_graph_changes_nothing() {
    let repo = criss_cross();
    let without = format!("{:?}", repo.observe("left", "right").unwrap());
    repo.git(&["commit-graph", "write", "--reachable"]);
    assert_eq!(format!("{:?}", agree(&repo, "left", "right")), without);
    repo.git(&["checkout", "--quiet", "right"]);
    repo.commit_file("newer", "than the graph\n");
    agree(&repo, "left", "right");
    repo.git(&["commit-graph", "write", "--reachable", "--split"]);
    agree(&repo, "left", "right");
    repo.git(&["config", "core.commitGraph", "false"]);
    agree(&repo, "left", "right");
}

#[test]
fn a_damaged_commit_graph_is_done_without() {
    let repo = criss_cross();
    repo.git(&["commit-graph", "write", "--reachable"]);
    let file = repo.path().join(".git/objects/info/commit-graph");
    let mut permissions = std::fs::metadata(&file).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o644);
    std::fs::set_permissions(&file, permissions).unwrap();
    std::fs::write(&file, b"no graph").unwrap();
    let history = repo.observe("left", "right").unwrap();
    assert_eq!(ids(&history).len(), 2);
}

#[test]
fn bare_repositories_and_linked_worktrees_are_read_alike() {
    let repo = criss_cross();
    let expected = rev_list(&repo, "left", "right");
    let bare = Repo::clone_of(&repo, &["--bare"]);
    agree(&bare, "left", "right");
    assert!(bare.open().unwrap().is_bare());
    let linked = bare.beside("linked");
    bare.git(&["worktree", "add", "--quiet", linked.to_str().unwrap(), "right"]);
    let mut environment = bare.drift_environment();
    environment.current_dir = linked;
    let opened = drift::git::Repository::open(std::path::Path::new("."), &environment).unwrap();
    assert_eq!(ids(&opened.observe(&Query::new("left", "HEAD")).unwrap()), expected);
}

#[test]
fn messages_in_other_encodings_are_decoded() {
    let repo = Repo::new();
    repo.commit_file("a", "1\n");
    repo.tick();
    let message = repo.beside("message");
    std::fs::write(&message, b"caf\xe9 au lait\n\nna\xefve").unwrap();
    repo.git(&[
        "-c",
        "i18n.commitEncoding=ISO-8859-1",
        "commit",
        "--quiet",
        "--allow-empty",
        "--file",
        message.to_str().unwrap(),
    ]);
    let history = repo.observe("HEAD~1", "HEAD").unwrap();
    assert_eq!(history.commits[0].message, "café au lait\n\nnaïve\n");
}

#[test]
fn a_missing_commit_is_an_error_that_names_it() {
    let repo = Repo::new();
    let first = repo.commit_file("a", "1\n");
    let lost = repo.commit_file("b", "1\n");
    repo.commit_file("c", "1\n");
    let (folder, file) = lost.split_at(2);
    std::fs::remove_file(repo.path().join(".git/objects").join(folder).join(file)).unwrap();
    let error = repo.observe(&first, "main").unwrap_err();
    let expected = drift::model::ObjectId::from_hex(&lost).unwrap();
    assert!(
        matches!(error, GitError::MissingObject { id, promisor: false } if id == expected),
        "{error:?}"
    );
    assert!(error.hint().unwrap().contains("git fsck"));
}

#[test]
fn listings_contents_and_line_counts_are_given_as_asked() {
    let repo = Repo::new();
    repo.write(".gitattributes", "gen/* linguist-generated\n")
        .commit_file("src/a.rs", "one\ntwo\n");
    repo.write("gen/x.rs", "x\n").write("src/b.rs", "b\n");
    repo.commit_file("src/a.rs", "one\n2\n3\n");
    let history = repo
        .open()
        .unwrap()
        .observe(&Query {
            line_counts: true,
            patterns: vec![drift::model::PathPattern::parse("src/*.rs").unwrap()],
            contents: vec!["src/b.rs".into(), "absent".into()],
            ..Query::new("HEAD~1", "HEAD")
        })
        .unwrap();
    assert!(history.base_tree.get(b"src/a.rs").is_some());
    assert!(history.base_tree.get(b"src/b.rs").is_none());
    assert!(history.target_tree.get(b"src/b.rs").is_some());
    assert_eq!(history.contents[&"src/b.rs".into()].as_deref(), Some("b\n"));
    assert_eq!(history.contents[&"absent".into()], None);
    assert_eq!(history.generated, ["gen/x.rs".into()]);
    let opened = repo.open().unwrap();
    let all = opened.tree_listing(history.target, None).unwrap();
    assert!(all.complete && all.files.len() == 4);
    let some = opened.tree_listing(
        history.target,
        Some(&[drift::model::PathPattern::parse("gen").unwrap()]),
    );
    assert_eq!(some.unwrap().files.len(), 1);
    let edited = history
        .changes
        .iter()
        .find(|change| change.path == "src/a.rs".into())
        .unwrap();
    let counted = drift::model::LineCount::Lines {
        insertions: 2,
        deletions: 1,
    };
    assert_eq!(edited.lines, counted);
}
