//! Renames equal those of `git diff -M`: the same pairs, with the same similarity.

use super::agreement::{drift_rows, git_rows};
use super::random_trees::{Random, changed, commit_all, files};
use crate::support::scratch_repo::ScratchRepo;
use drift::git::raw_change::RawChange;
use drift::git::renames::{Scratch, detect};
use drift::git::tree_diff::Differ;
use drift::model::RenameOptions;
use gix::ObjectId;

/// The changes from `old` to `new` with renames, and whether the limit was met; found equal to git's.
fn checked(repo: &ScratchRepo, old: ObjectId, new: ObjectId, options: RenameOptions) -> (Vec<RawChange>, bool) {
    let opened = repo.open();
    let mut changes = Differ::new(&opened).diff(Some(old), Some(new)).unwrap();
    let limited = detect(&opened, &mut Scratch::default(), &mut changes, options).unwrap();
    let expected = git_rows(
        repo,
        &[(old, new)],
        &git_options(options).each_ref().map(String::as_str),
    );
    assert_eq!(drift_rows(&changes), expected[0]);
    (changes, limited)
}

fn git_options(options: RenameOptions) -> [String; 2] {
    [format!("-M{}%", options.similarity), format!("-l{}", options.limit)]
}

fn shown(changes: &[RawChange]) -> Vec<String> {
    let similarity = |it: &RawChange| it.similarity.map_or(String::new(), |percent| percent.to_string());
    let source = |it: &RawChange| {
        it.previous_path
            .as_ref()
            .map_or(String::new(), |path| format!("{path} -> "))
    };
    let show = |it: &RawChange| format!("{}{} {}{}", it.kind.letter(), similarity(it), source(it), it.path);
    changes.iter().map(show).collect()
}

fn lines(range: std::ops::Range<u32>) -> String {
    range.map(|number| format!("line number {number:03}\n")).collect()
}

#[test]
fn a_moved_file_is_a_rename_with_its_similarity() {
    let repo = ScratchRepo::new();
    let old = repo
        .write("a/one", lines(0..10))
        .write("two", lines(50..60))
        .commit("old");
    repo.git(&["rm", "-r", "--quiet", "a", "two"]);
    let new = repo
        .write("b/one", lines(0..10))
        .write("c", format!("{}{}", lines(50..57), lines(90..93)))
        .commit("new");
    let (changes, limited) = checked(&repo, old, new, RenameOptions::default());
    assert_eq!(shown(&changes), ["R100 a/one -> b/one", "R70 two -> c"]);
    assert!(!limited);
}

#[test]
fn of_equal_contents_the_one_with_the_same_name_is_the_source() {
    let repo = ScratchRepo::new();
    let same = lines(0..5);
    let old = repo
        .write("a/x", &same)
        .write("b/y", &same)
        .write("c/z", &same)
        .commit("old");
    repo.git(&["rm", "-r", "--quiet", "a", "b", "c"]);
    let new = repo.write("n/z", &same).write("n/other", &same).commit("new");
    let (changes, _) = checked(&repo, old, new, RenameOptions::default());
    assert_eq!(shown(&changes), ["D b/y", "R100 a/x -> n/other", "R100 c/z -> n/z"]);
}

#[test]
fn more_equal_contents_than_git_looks_through() {
    let repo = ScratchRepo::new();
    for number in 0..150 {
        repo.write(&format!("old/{number:03}"), "the same\n");
    }
    let old = repo.commit("old");
    repo.git(&["rm", "-r", "--quiet", "old"]);
    for name in ["010", "099", "100", "101", "102", "103", "104", "149", "x", "y"] {
        repo.write(&format!("new/{name}"), "the same\n");
    }
    let new = repo.commit("new");
    checked(&repo, old, new, RenameOptions::default());
}

#[test]
fn the_source_among_equal_contents_is_gits_for_every_number_of_deletions() {
    for number in [204, 205, 206] {
        let repo = ScratchRepo::new();
        repo.write("b/1", "the same\n").write("b/2", "the same\n");
        for other in 2..number {
            repo.write(&format!("old/{other:03}"), format!("{other}\n"));
        }
        let old = repo.commit("old");
        repo.git(&["rm", "-r", "--quiet", "b", "old"]);
        let new = repo.write("new", "the same\n").commit("new");
        let (changes, _) = checked(&repo, old, new, RenameOptions::default());
        let source = if number == 205 { "b/2" } else { "b/1" };
        assert!(shown(&changes).contains(&format!("R100 {source} -> new")), "{number}");
    }
}

#[test]
fn a_unique_name_wins_over_a_closer_content() {
    let repo = ScratchRepo::new();
    let old = repo
        .write("old/name", lines(0..20))
        .write("old/other", lines(0..19))
        .commit("old");
    repo.git(&["rm", "-r", "--quiet", "old"]);
    let new = repo.write("new/name", lines(0..18)).commit("new");
    let (changes, _) = checked(&repo, old, new, RenameOptions::default());
    assert_eq!(shown(&changes), ["R90 old/name -> new/name", "D old/other"]);
}

#[test]
fn symlinks_submodules_and_empty_files_move_only_unchanged() {
    let repo = ScratchRepo::new();
    let (blob, empty) = (repo.write_object("blob", b"target"), repo.write_object("blob", b""));
    let commit = "1234567890123456789012345678901234567890";
    let tree = |names: [&str; 4]| {
        let mut entries = vec![
            ("120000", names[0].as_bytes(), blob.as_str()),
            ("160000", names[1].as_bytes(), commit),
            ("100644", names[2].as_bytes(), empty.as_str()),
            ("100644", names[3].as_bytes(), blob.as_str()),
        ];
        entries.sort_by_key(|entry| entry.1);
        crate::support::scratch_repo::id(&repo.write_tree(&entries))
    };
    let (old, new) = (tree(["a", "b", "c", "d"]), tree(["w", "x", "y", "z"]));
    let (changes, _) = checked(&repo, old, new, RenameOptions::default());
    assert_eq!(
        shown(&changes),
        ["R100 a -> w", "R100 b -> x", "R100 c -> y", "R100 d -> z"]
    );
}

#[test]
fn over_the_limit_only_exact_and_same_name_renames_are_found() {
    let repo = ScratchRepo::new();
    for number in 0..4 {
        repo.write(&format!("old/{number}"), lines(number * 30..number * 30 + 20));
    }
    let old = repo.commit("old");
    repo.git(&["rm", "-r", "--quiet", "old"]);
    for number in 0..4 {
        let name = if number == 0 {
            "0".into()
        } else {
            format!("new{number}")
        };
        repo.write(&format!("new/{name}"), lines(number * 30..number * 30 + 19));
    }
    let new = repo.commit("new");
    let with_limit = |limit| {
        checked(
            &repo,
            old,
            new,
            RenameOptions {
                limit,
                ..Default::default()
            },
        )
    };
    let (changes, limited) = with_limit(2);
    assert!(limited);
    assert_eq!(shown(&changes)[0..2], ["R95 old/0 -> new/0", "A new/new1"]);
    for limit in [3, 0] {
        let (changes, limited) = with_limit(limit);
        assert!(!limited);
        assert_eq!(changes.len(), 4);
    }
}

#[test]
fn renames_of_random_trees_equal_gits() {
    for (seed, count, steps) in [(1, 40, 12), (2, 60, 40), (3, 100, 90), (4, 25, 40)] {
        let mut random = Random::new(seed);
        let repo = ScratchRepo::new();
        let mut trees = vec![(vec![], files(&mut random, count))];
        for _ in 0..40 {
            let next = changed(&mut random, &trees[trees.len() - 1].1, steps);
            trees.push((vec![], next));
        }
        let commits = commit_all(&repo, &trees);
        agree_on_all(&repo, &commits, &mut random);
    }
}

/// Each tree against the next with several options, and against ones further on.
fn agree_on_all(repo: &ScratchRepo, commits: &[ObjectId], random: &mut Random) {
    let opened = repo.open();
    let tree = |commit: &ObjectId| opened.find_commit(*commit).unwrap().tree_id().unwrap().detach();
    let trees: Vec<_> = commits.iter().map(tree).collect();
    let neighbours = trees.windows(2).map(|pair| (pair[0], pair[1]));
    let others = (0..40).map(|_| (trees[random.below(trees.len())], trees[random.below(trees.len())]));
    let pairs: Vec<_> = neighbours.chain(others.collect::<Vec<_>>()).collect();
    for (similarity, limit) in [(50, 1000), (50, 3), (20, 0), (80, 1000), (100, 1000), (1, 1000)] {
        let options = RenameOptions {
            similarity,
            limit,
            limited: false,
        };
        let arguments = git_options(options);
        let expected = git_rows(repo, &pairs, &arguments.each_ref().map(String::as_str));
        let mut differ = Differ::new(&opened);
        let mut scratch = Scratch::default();
        for (&(old, new), expected) in pairs.iter().zip(expected) {
            let mut changes = differ.diff(Some(old), Some(new)).unwrap();
            detect(&opened, &mut scratch, &mut changes, options).unwrap();
            assert_eq!(drift_rows(&changes), expected, "{old} {new} {arguments:?}");
        }
    }
}
