//! The difference of two trees equals `git diff-tree -r --raw`.

use super::agreement::{drift_rows, git_rows};
use crate::support::scratch_repo::{ScratchRepo, id};
use drift::git::GitError;
use drift::git::tree_diff::Differ;
use drift::model::ChangeKind;
use gix::ObjectId;

/// The difference, after it was found equal to git's.
fn checked(repo: &ScratchRepo, old: ObjectId, new: ObjectId) -> Vec<String> {
    let opened = repo.open();
    let mut differ = Differ::new(&opened);
    for (old, new) in [(old, new), (new, old)] {
        let changes = differ.diff(Some(old), Some(new)).unwrap();
        let expected = git_rows(repo, &[(old, new)], &["--no-renames"]);
        assert_eq!(drift_rows(&changes), expected[0]);
    }
    let changes = differ.diff(Some(old), Some(new)).unwrap();
    let shown = changes.iter().map(|it| format!("{} {}", it.kind.letter(), it.path));
    shown.collect()
}

#[test]
fn files_are_added_modified_and_deleted() {
    let repo = ScratchRepo::new();
    let old = repo.write("a", "1").write("b/c", "2").write("b/d", "3").commit("old");
    repo.git(&["rm", "--quiet", "b/d"]);
    let new = repo.write("b/c", "4").write("b/e/f", "5").commit("new");
    assert_eq!(checked(&repo, old, new), ["M b/c", "D b/d", "A b/e/f"]);
    assert!(checked(&repo, new, new).is_empty());
}

#[test]
fn no_tree_is_the_empty_tree() {
    let repo = ScratchRepo::new();
    let tree = repo.write("a", "1").write("b/c", "2").commit("files");
    let opened = repo.open();
    let mut differ = Differ::new(&opened);
    let empty = ObjectId::empty_tree(opened.object_hash());
    for nothing in [None, Some(empty)] {
        let added = differ.diff(nothing, Some(tree)).unwrap();
        assert_eq!(drift_rows(&added), git_rows(&repo, &[(empty, tree)], &[])[0]);
        let deleted = differ.diff(Some(tree), nothing).unwrap();
        assert_eq!(drift_rows(&deleted), git_rows(&repo, &[(tree, empty)], &[])[0]);
        assert!(differ.diff(nothing, None).unwrap().is_empty());
    }
}

#[test]
fn a_file_becomes_a_folder_and_stays_in_path_order() {
    let repo = ScratchRepo::new();
    let old = repo
        .write("a", "file")
        .write("a.txt", "1")
        .write("a0", "1")
        .commit("old");
    repo.git(&["rm", "--quiet", "a"]);
    let new = repo
        .write("a/b", "in a folder")
        .write("a.txt", "2")
        .write("a0", "2")
        .commit("new");
    assert_eq!(checked(&repo, old, new), ["D a", "M a.txt", "A a/b", "M a0"]);
}

#[test]
fn modes_and_types_change_as_git_prints_them() {
    let repo = ScratchRepo::new();
    let blob = repo.write_object("blob", b"target");
    let gone = "1234567890123456789012345678901234567890";
    let tree = |modes: [&str; 4]| {
        let ids = modes.map(|mode| if mode == "160000" { gone } else { blob.as_str() });
        let names: [&[u8]; 4] = [b"one", b"two", b"zoo", b"zzz"];
        let entries: Vec<_> = (0..4).map(|at| (modes[at], names[at], ids[at])).collect();
        id(&repo.write_tree(&entries))
    };
    let old = tree(["100644", "100644", "120000", "160000"]);
    let new = tree(["100755", "120000", "160000", "100644"]);
    assert_eq!(checked(&repo, old, new), ["M one", "T two", "T zoo", "T zzz"]);
}

#[test]
fn modes_that_only_old_trees_hold_are_canonical() {
    let repo = ScratchRepo::new();
    let (one, two) = (repo.write_object("blob", b"1"), repo.write_object("blob", b"2"));
    let old = id(&repo.write_tree(&[("100664", b"a", &one), ("100664", b"b", &one), ("0100644", b"c", &one)]));
    let new = id(&repo.write_tree(&[("100644", b"a", &one), ("100600", b"b", &two), ("100775", b"c", &one)]));
    assert_eq!(checked(&repo, old, new), ["M b", "M c"]);
}

#[test]
fn paths_are_bytes() {
    let repo = ScratchRepo::new();
    let (one, two) = (repo.write_object("blob", b"1"), repo.write_object("blob", b"2"));
    let names: [&[u8]; 5] = [b" ", b"a\nb", b"caf\xe9", "caf\u{e9}".as_bytes(), b"tab\t\"quote\""];
    let tree = |blob: &str| {
        let mut entries: Vec<_> = names.map(|name| ("100644", name, blob)).into();
        entries.sort();
        id(&repo.write_tree(&entries))
    };
    let changes = checked(&repo, tree(&one), tree(&two));
    assert_eq!(changes.len(), 5);
}

#[test]
fn sha256_repositories_work() {
    let repo = ScratchRepo::init(&["--object-format=sha256"]);
    let old = repo.write("a", "1").write("b/c", "2").commit("old");
    let new = repo.write("b/c", "3").write("b/d", "4").commit("new");
    assert_eq!(checked(&repo, old, new), ["M b/c", "A b/d"]);
}

#[test]
fn wide_folders_differ_in_the_middle() {
    let repo = ScratchRepo::new();
    let (one, two) = (repo.write_object("blob", b"1"), repo.write_object("blob", b"2"));
    let names: Vec<String> = (0..20_000).map(|number| format!("{number:05}")).collect();
    let tree = |skip: usize, blob: &str| {
        let entry =
            |(at, name): (usize, &'_ String)| ["100644", name, if at == 7_000 { blob } else { &one }].map(String::from);
        let entries: Vec<_> = names
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != skip)
            .map(entry)
            .collect();
        let entries: Vec<_> = entries
            .iter()
            .map(|it| (it[0].as_str(), it[1].as_bytes(), it[2].as_str()))
            .collect();
        id(&repo.write_tree(&entries))
    };
    let changes = checked(&repo, tree(3, &one), tree(19_999, &two));
    assert_eq!(changes, ["A 00003", "M 07000", "D 19999"]);
}

/// A folder in a folder in a folder, `depth` deep.
fn nested(repo: &ScratchRepo, leaf: &str, depth: usize) -> ObjectId {
    let mut stream = Vec::new();
    stream.extend_from_slice(b"commit refs/heads/deep\ncommitter a <a> 1 +0000\ndata 0\n");
    let path = format!("{}file", "d/".repeat(depth));
    stream.extend_from_slice(format!("M 100644 inline {path}\ndata {}\n{leaf}\n", leaf.len()).as_bytes());
    repo.git_with_input(&["fast-import", "--quiet", "--force"], &stream);
    repo.tree("deep")
}

#[test]
fn deep_folders_are_read_as_far_as_git_goes_and_then_refused() {
    let repo = ScratchRepo::new();
    let (old, new) = (nested(&repo, "1", 1_500), nested(&repo, "2", 1_500));
    assert_eq!(checked(&repo, old, new).len(), 1);
    let (old, new) = (nested(&repo, "1", 3_000), nested(&repo, "2", 3_000));
    let opened = repo.open();
    let error = Differ::new(&opened).diff(Some(old), Some(new)).unwrap_err();
    assert!(matches!(error, GitError::Corrupt { .. }), "{error}");
}

#[test]
fn malformed_trees_are_errors() {
    let repo = ScratchRepo::new();
    let good = repo.write("a", "1").commit("good");
    let opened = repo.open();
    for bytes in [
        &b"100644 a\0short"[..],
        b"100644",
        b"9 a\0aaaaaaaaaaaaaaaaaaaa",
        b"\xff\xff",
        b"100644 \0aaaaaaaaaaaaaaaaaaaa",
    ] {
        let bad = id(&repo.write_object("tree", bytes));
        for (old, new) in [(good, bad), (bad, good)] {
            let error = Differ::new(&opened).diff(Some(old), Some(new)).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("the repository is damaged: the tree object {bad} is malformed")
            );
        }
    }
    let blob = id(&repo.write_object("blob", b"no tree"));
    let error = Differ::new(&opened).diff(Some(good), Some(blob)).unwrap_err();
    assert!(error.to_string().contains("is a blob where a tree belongs"), "{error}");
}

#[test]
fn unsorted_and_doubled_entries_do_no_harm() {
    let repo = ScratchRepo::new();
    let (one, two) = (repo.write_object("blob", b"1"), repo.write_object("blob", b"2"));
    let old = id(&repo.write_tree(&[("100644", b"b", &one), ("100644", b"a", &one), ("100644", b"a", &two)]));
    let new = id(&repo.write_tree(&[("100644", b"a", &two), ("100644", b"a", &two), ("100644", b"c", &one)]));
    checked(&repo, old, new);
}

#[test]
fn a_missing_tree_says_whether_a_remote_has_it() {
    let source = ScratchRepo::new();
    source.git(&["config", "uploadpack.allowFilter", "true"]);
    let old = source.write("a", "1").write("b/c", "2").commit("old");
    let new = source.write("b/c", "3").commit("new");
    let partial = ScratchRepo::clone_of(&source, &["--bare", "--filter=tree:0"]);
    let opened = partial.open();
    let error = Differ::new(&opened).diff(Some(old), Some(new)).unwrap_err();
    assert!(
        matches!(error, GitError::MissingObject { promisor: true, .. }),
        "{error}"
    );

    let elsewhere = ScratchRepo::new();
    let opened = elsewhere.open();
    let error = Differ::new(&opened).diff(Some(old), Some(new)).unwrap_err();
    assert!(
        matches!(error, GitError::MissingObject { promisor: false, .. }),
        "{error}"
    );
}

#[test]
fn a_differ_can_be_used_again_after_an_error() {
    let repo = ScratchRepo::new();
    let old = repo.write("a/b/c", "1").commit("old");
    let new = repo.write("a/b/c", "2").commit("new");
    let blob = repo.write_object("blob", b"1");
    let bad = id(&repo.write_tree(&[("40000", b"a", &blob)]));
    let opened = repo.open();
    let mut differ = Differ::new(&opened);
    assert!(differ.diff(Some(old), Some(bad)).is_err());
    let changes = differ.diff(Some(old), Some(new)).unwrap();
    assert_eq!(
        (changes[0].kind, changes[0].path.to_string()),
        (ChangeKind::Modified, "a/b/c".into())
    );
}
