//! What is staged equals `git diff --cached --raw`.

use super::agreement::{drift_rows, git_raw_rows};
use super::random_trees::Random;
use crate::support::scratch_repo::ScratchRepo;
use drift::git::staged::{Staged, staged_changes};

/// What is staged, after it was found equal to what git says.
fn checked(repo: &ScratchRepo) -> Vec<String> {
    let staged = staged_changes(&repo.open()).unwrap();
    compare(repo, &staged);
    staged
        .changes
        .iter()
        .map(|it| format!("{} {}", it.kind.letter(), it.path))
        .collect()
}

fn compare(repo: &ScratchRepo, staged: &Staged) {
    let arguments = ["diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames"];
    let output = repo.git_with_input(&arguments, b"");
    let (unmerged, changes): (Vec<_>, Vec<_>) = git_raw_rows(&output).into_iter().partition(|it| it.raw.ends_with('U'));
    assert_eq!(drift_rows(&staged.changes), changes);
    let unmerged: Vec<_> = unmerged.into_iter().flat_map(|row| row.paths).collect();
    assert_eq!(staged.unmerged, unmerged);
}

/// A repository with a few folders and one commit.
fn repository(arguments: &[&str]) -> ScratchRepo {
    let repo = ScratchRepo::init(arguments);
    for path in [
        "a",
        "a.txt",
        "deep/er/one",
        "deep/er/two",
        "deep/three",
        "other/four",
        "other/five",
        "z",
    ] {
        repo.write(path, format!("{path}\n"));
    }
    repo.commit("first");
    repo
}

/// Stages a bit of everything.
fn stage_much(repo: &ScratchRepo) {
    repo.git(&["rm", "--quiet", "--cached", "a", "other/four"]);
    repo.write("deep/er/two", "2\n")
        .write("deep/new", "new\n")
        .write("new/folder/file", "new\n");
    repo.git(&["add", "deep", "new"]);
    repo.git(&["update-index", "--chmod=+x", "z"]);
    let blob = repo.write_object("blob", b"target");
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("120000,{blob},a.txt")]);
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{blob},sub")]);
}

const MUCH: [&str; 8] = [
    "D a",
    "T a.txt",
    "M deep/er/two",
    "A deep/new",
    "A new/folder/file",
    "D other/four",
    "A sub",
    "M z",
];

#[test]
fn nothing_is_staged_after_a_commit() {
    assert!(checked(&repository(&[])).is_empty());
}

#[test]
fn every_kind_of_change_is_staged() {
    for arguments in [&[][..], &["--object-format=sha256"]] {
        let repo = repository(arguments);
        stage_much(&repo);
        assert_eq!(checked(&repo), MUCH);
    }
}

/// The version of the index, by the number behind its signature.
fn version(repo: &ScratchRepo) -> u8 {
    std::fs::read(repo.path().join(".git/index")).unwrap()[7]
}

#[test]
fn every_version_of_the_index_is_read() {
    for (setting, expected) in [("2", 2), ("3", 2), ("4", 4)] {
        for arguments in [&[][..], &["--object-format=sha256"]] {
            let repo = repository(arguments);
            repo.git(&["update-index", "--index-version", setting]);
            stage_much(&repo);
            assert_eq!(
                (checked(&repo), version(&repo)),
                (MUCH.map(String::from).to_vec(), expected)
            );
        }
    }
    // git writes the third version where an entry needs it.
    let repo = repository(&[]);
    stage_much(&repo);
    repo.write("intended", "1\n")
        .git(&["add", "--intent-to-add", "intended"]);
    repo.git(&["update-index", "--skip-worktree", "deep/three"]);
    repo.git(&["update-index", "--assume-unchanged", "deep/er/one"]);
    assert_eq!((checked(&repo), version(&repo)), (MUCH.map(String::from).to_vec(), 3));
}

#[test]
fn an_index_with_every_extension_is_read() {
    let repo = repository(&[]);
    repo.git(&["config", "index.threads", "2"]);
    repo.git(&["config", "index.recordEndOfIndexEntries", "true"]);
    repo.git(&["config", "index.recordOffsetTable", "true"]);
    repo.git(&["update-index", "--force-untracked-cache"]);
    repo.write("untracked", "1\n").git(&["status"]);
    stage_much(&repo);
    assert_eq!(checked(&repo), MUCH);
    let bytes = std::fs::read(repo.path().join(".git/index")).unwrap();
    for name in ["TREE", "UNTR", "EOIE"] {
        assert!(bytes.windows(4).any(|it| it == name.as_bytes()), "{name}");
    }
    repo.git(&["config", "index.skipHash", "true"]);
    repo.git(&["update-index", "--chmod=-x", "z"]);
    assert_eq!(checked(&repo), MUCH[..7]);
}

#[test]
fn paths_of_any_length_are_read() {
    let repo = repository(&[]);
    let blob = repo.write_object("blob", b"long");
    for length in [4090, 4094, 4095, 4096, 4103, 5000, 70_000] {
        let path = format!("long/{}/{length}", "x".repeat(length - 10));
        repo.git_with_input(
            &["update-index", "--index-info"],
            format!("100644 {blob}\t{path}\n").as_bytes(),
        );
    }
    let mut input = String::new();
    for length in 1..40 {
        input += &format!("100644 {blob}\t{}\n", "y".repeat(length));
    }
    repo.git_with_input(&["update-index", "--index-info"], input.as_bytes());
    assert_eq!(checked(&repo).len(), 46);
}

#[test]
fn damage_anywhere_ends_in_an_error_or_an_answer() {
    let repo = repository(&[]);
    stage_much(&repo);
    let index = repo.path().join(".git/index");
    let bytes = std::fs::read(&index).unwrap();
    for at in (0..bytes.len()).step_by(11) {
        let opened = repo.open();
        std::fs::write(&index, &bytes[..at]).unwrap();
        assert!(staged_changes(&opened).is_err(), "cut at {at}");
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x95;
        std::fs::write(&index, damaged).unwrap();
        // What is not noticed is at most another answer: git does not look at the checksum either.
        assert!(
            staged_changes(&opened).map_or(0, |it| it.changes.len()) < 30,
            "flipped at {at}"
        );
    }
}

#[test]
fn before_the_first_commit_all_is_added() {
    let repo = ScratchRepo::new();
    assert!(checked(&repo).is_empty());
    repo.write("a/b", "1").write("c", "2").git(&["add", "--all"]);
    assert_eq!(checked(&repo), ["A a/b", "A c"]);
}

#[test]
fn an_index_that_is_gone_has_deleted_all() {
    let repo = repository(&[]);
    std::fs::remove_file(repo.path().join(".git/index")).unwrap();
    assert_eq!(checked(&repo).len(), 8);
}

#[test]
fn the_index_that_git_names_is_read() {
    let repo = repository(&[]);
    std::fs::copy(repo.path().join(".git/index"), repo.path().join(".git/next-index")).unwrap();
    stage_much(&repo);
    let named = repo.path().join(".git/next-index");
    let setting = format!("gitoxide.core.indexFile={}", named.display());
    let staged = staged_changes(&repo.open_with(&[&setting])).unwrap();
    assert!(staged.changes.is_empty());
}

#[test]
fn a_file_that_becomes_a_folder_and_the_other_way() {
    let repo = repository(&[]);
    repo.git(&["rm", "-r", "--quiet", "a", "deep"]);
    repo.write("a/in/side", "1\n")
        .write("deep", "file\n")
        .git(&["add", "--all"]);
    let expected = [
        "D a",
        "A a/in/side",
        "A deep",
        "D deep/er/one",
        "D deep/er/two",
        "D deep/three",
    ];
    assert_eq!(checked(&repo), expected);
}

#[test]
fn what_is_only_intended_is_not_staged() {
    let repo = repository(&[]);
    repo.write("intended/new", "1\n")
        .git(&["add", "--intent-to-add", "intended"]);
    repo.git(&["rm", "--quiet", "--cached", "a", "other/five"]);
    repo.git(&["add", "--intent-to-add", "a"]);
    assert_eq!(checked(&repo), ["D a", "D other/five"]);
}

#[test]
fn unmerged_paths_are_named_once_and_are_no_changes() {
    let repo = repository(&[]);
    repo.git(&["checkout", "--quiet", "-b", "side"]);
    repo.write("a", "side\n").write("deep/three", "side\n").commit("side");
    repo.git(&["checkout", "--quiet", "main"]);
    repo.git(&["rm", "--quiet", "deep/three"]);
    repo.write("a", "main\n").commit("main");
    let merge = ["-c", "alias.try=!git merge side || true", "try"];
    repo.git(&merge);
    repo.write("z", "staged\n").git(&["add", "z"]);
    let staged = staged_changes(&repo.open()).unwrap();
    assert_eq!(staged.unmerged, ["a", "deep/three"]);
    assert_eq!(checked(&repo), ["M z"]);
}

#[test]
fn a_split_index_is_read_whole() {
    let repo = repository(&[]);
    repo.git(&["update-index", "--split-index"]);
    stage_much(&repo);
    assert_eq!(checked(&repo), MUCH);
}

#[test]
fn a_sparse_index_is_compared_by_folder() {
    let repo = repository(&[]);
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "other"]);
    assert!(repo.git(&["ls-files", "--sparse"]).contains("deep/"));
    assert!(checked(&repo).is_empty());
    repo.git(&["rm", "--quiet", "--cached", "other/five"]);
    assert_eq!(checked(&repo), ["D other/five"]);
    repo.git(&["reset", "--quiet", "--soft", "HEAD"]);
    let blob = repo.write_object("blob", b"elsewhere");
    let tree = format!("100644 blob {blob}\tthree\n100644 blob {blob}\tmore\n");
    let deep = String::from_utf8(repo.git_with_input(&["mktree"], tree.as_bytes())).unwrap();
    let top = format!("040000 tree {}\tdeep\n100644 blob {blob}\tonly\n", deep.trim());
    let top = String::from_utf8(repo.git_with_input(&["mktree"], top.as_bytes())).unwrap();
    let commit = repo.git(&["commit-tree", "-m", "another", top.trim()]);
    repo.git(&["update-ref", "HEAD", &commit]);
    let changes = checked(&repo);
    assert!(
        changes.contains(&"A deep/er/one".into()) && changes.contains(&"D deep/more".into()),
        "{changes:?}"
    );
}

#[test]
fn a_damaged_index_is_an_error() {
    let repo = repository(&[]);
    let index = repo.path().join(".git/index");
    let bytes = std::fs::read(&index).unwrap();
    for content in [&bytes[..40], b"DIRC", b"nonsense nonsense nonsense nonsense"] {
        std::fs::write(&index, content).unwrap();
        let error = staged_changes(&repo.open()).unwrap_err();
        assert!(error.to_string().starts_with("reading the index failed"), "{error}");
    }
}

#[test]
fn random_staging_equals_gits() {
    let repo = ScratchRepo::new();
    let mut random = Random::new(31);
    let path = |random: &mut Random| format!("f{}/g{}/h{}", random.below(6), random.below(4), random.below(5));
    for _ in 0..60 {
        repo.write(&path(&mut random), "0\n");
    }
    repo.commit("first");
    for round in 0..15 {
        let blobs: Vec<_> = (0..3)
            .map(|it| repo.write_object("blob", format!("{round} {it}").as_bytes()))
            .collect();
        let mut input = String::new();
        for _ in 0..random.below(6) {
            let path = path(&mut random);
            input += &match random.below(3) {
                0 => format!("0 {}\t{path}\n", "0".repeat(40)),
                1 => format!("100644 {}\t{path}\n", blobs[random.below(3)]),
                _ => format!("100755 {}\t{path}\n", blobs[random.below(3)]),
            };
        }
        repo.git_with_input(&["update-index", "--index-info"], input.as_bytes());
        checked(&repo);
        if round % 4 == 3 {
            repo.git(&["commit", "--quiet", "--allow-empty", "--message", "next"]);
            assert!(checked(&repo).is_empty());
        }
    }
}
