//! Listings equal `git ls-tree -r`, and contents what `git cat-file` prints.

use super::random_trees::{Random, commit_all, files};
use crate::support::scratch_repo::{ScratchRepo, id};
use drift::git::GitError;
use drift::git::listing::{Question, blob, contents, list};
use drift::model::{FileMode, PathPattern, RepoPath, TreeListing};
use gix::ObjectId;
use gix::bstr::ByteSlice;

fn patterns(texts: &[&str]) -> Vec<PathPattern> {
    texts.iter().map(|text| PathPattern::parse(text).unwrap()).collect()
}

fn ask(repo: &gix::Repository, tree: ObjectId, texts: &[&str]) -> TreeListing {
    let question = Question {
        patterns: patterns(texts),
        everything: false,
    };
    list(repo, tree, &question).unwrap()
}

fn names(listing: &TreeListing) -> Vec<String> {
    listing.files.iter().map(|file| file.path.to_string()).collect()
}

/// `git ls-tree -r`: mode and path of each file.
fn git_files(repo: &ScratchRepo, tree: ObjectId) -> Vec<(u32, Vec<u8>)> {
    let output = repo.git_with_input(&["ls-tree", "-r", "-z", &tree.to_string()], b"");
    let fields = output.split_str("\0").filter(|it| !it.is_empty());
    let file = |it: &[u8]| {
        let (facts, path) = it.split_once_str("\t").unwrap();
        (
            u32::from_str_radix(facts[..6].to_str().unwrap(), 8).unwrap(),
            path.to_vec(),
        )
    };
    fields.map(file).collect()
}

fn drift_files(listing: &TreeListing) -> Vec<(u32, Vec<u8>)> {
    let file = |it: &drift::model::TreePath| (it.mode.bits(), it.path.as_bytes().to_vec());
    listing.files.iter().map(file).collect()
}

/// A tree of these empty files.
fn repository(paths: &[&str]) -> (ScratchRepo, ObjectId) {
    let repo = ScratchRepo::new();
    for path in paths {
        repo.write(path, "");
    }
    let tree = repo.commit("files");
    (repo, tree)
}

#[test]
fn everything_equals_what_git_lists() {
    let repo = ScratchRepo::new();
    let mut random = Random::new(41);
    let commit = commit_all(&repo, &[(vec![], files(&mut random, 200))])[0];
    let opened = repo.open();
    let tree = opened.find_commit(commit).unwrap().tree_id().unwrap().detach();
    let question = Question {
        everything: true,
        ..Default::default()
    };
    let all = list(&opened, tree, &question).unwrap();
    assert!(all.complete);
    assert_eq!(drift_files(&all), git_files(&repo, tree));
    let whole = ask(&opened, tree, &["."]);
    assert!(whole.complete);
    assert_eq!(whole.files, all.files);
}

#[test]
fn patterns_find_what_they_match_among_all_files() {
    let repo = ScratchRepo::new();
    let mut random = Random::new(42);
    let commit = commit_all(&repo, &[(vec![], files(&mut random, 200))])[0];
    let opened = repo.open();
    let tree = opened.find_commit(commit).unwrap().tree_id().unwrap().detach();
    let all = git_files(&repo, tree);
    let texts = [
        "a",
        "lib",
        "src/",
        "src/a",
        "*.rs",
        "**/*.rs",
        "a*/b",
        "a/*",
        "a/*/",
        "a/**",
        "*/b",
        "a?b",
        "{a,lib/b}",
        "a[.]b",
        "a[!b]*",
        "a/[a-z]*/*",
        "nothing",
        "nothing/at/all",
        "!src/a",
        "[!z]ib/*",
    ];
    for text in texts {
        let found = ask(&opened, tree, &[text]);
        let pattern = PathPattern::parse(text).unwrap();
        let expected: Vec<_> = all.iter().filter(|file| pattern.matches(&file.1)).cloned().collect();
        assert_eq!(drift_files(&found), expected, "{text}");
        assert!(!found.complete);
    }
    let found = ask(&opened, tree, &texts);
    let named = |path: &[u8]| patterns(&texts).iter().any(|it| it.matches(path));
    let expected: Vec<_> = all.iter().filter(|file| named(&file.1)).cloned().collect();
    assert_eq!(drift_files(&found), expected);
}

#[test]
fn a_literal_is_a_file_or_all_below_a_folder() {
    let (repo, tree) = repository(&["a", "b/c", "b/d/e", "b.txt", "bb/c", "app/[slug]/page.tsx"]);
    let opened = repo.open();
    assert_eq!(names(&ask(&opened, tree, &["a"])), ["a"]);
    assert_eq!(names(&ask(&opened, tree, &["b"])), ["b/c", "b/d/e"]);
    assert_eq!(names(&ask(&opened, tree, &["b/d/e", "b/c"])), ["b/c", "b/d/e"]);
    assert_eq!(names(&ask(&opened, tree, &["a/", "a/b", "c"])), [""; 0]);
    assert_eq!(
        names(&ask(&opened, tree, &["app/[slug]/page.tsx"])),
        ["app/[slug]/page.tsx"]
    );
    assert_eq!(names(&ask(&opened, tree, &[])), [""; 0]);
}

#[test]
fn folders_that_cannot_hold_an_answer_are_not_read() {
    let repo = ScratchRepo::new();
    let blob = repo.write_object("blob", b"1");
    let inner = repo.write_tree(&[("100644", b"b.rs", &blob)]);
    let missing = "1234567890123456789012345678901234567890";
    let entries: [(&str, &[u8], &str); 3] = [
        ("40000", b"closed", missing),
        ("100644", b"top.rs", &blob),
        ("40000", b"z", &inner),
    ];
    let tree = id(&repo.write_tree(&entries));
    let opened = repo.open();
    assert_eq!(
        names(&ask(&opened, tree, &["*.rs", "z/*.rs", "z/b.rs", "z/**"])),
        ["top.rs", "z/b.rs"]
    );
    let question = Question {
        patterns: patterns(&["**/*.rs"]),
        everything: false,
    };
    let error = list(&opened, tree, &question).unwrap_err();
    assert!(
        matches!(error, GitError::MissingObject { promisor: false, .. }),
        "{error}"
    );
}

#[test]
fn many_literals_are_one_walk() {
    let paths: Vec<String> = (0..3_000).map(|it| format!("d{}/e{}/f{it}", it % 7, it % 31)).collect();
    let repo = ScratchRepo::new();
    let files = paths
        .iter()
        .map(|path| (path.clone(), ("100644", Vec::new())))
        .collect();
    commit_all(&repo, &[(vec![], files)]);
    let (opened, tree) = (repo.open(), repo.tree("c0"));
    let texts: Vec<&str> = paths.iter().map(String::as_str).collect();
    assert_eq!(ask(&opened, tree, &texts).files.len(), 3_000);
}

#[test]
fn a_folder_nested_too_deep_is_an_error() {
    let repo = ScratchRepo::new();
    let path = format!("{}file", "d/".repeat(3_000));
    let stream =
        format!("commit refs/heads/main\ncommitter a <a> 1 +0000\ndata 0\nM 100644 inline {path}\ndata 1\n1\n");
    repo.git_with_input(&["fast-import", "--quiet"], stream.as_bytes());
    let question = Question {
        everything: true,
        ..Default::default()
    };
    let error = list(&repo.open(), repo.tree("main"), &question).unwrap_err();
    assert!(error.to_string().contains("deeper than 2048"), "{error}");
}

#[test]
fn contents_are_text_or_nothing() {
    let repo = ScratchRepo::new();
    repo.write("text", "one\n")
        .write("latin", b"caf\xe9")
        .write("binary", b"\0")
        .write("large", "12345");
    repo.write("folder/file", "in a folder");
    std::os::unix::fs::symlink("text", repo.path().join("link")).unwrap();
    let commit = "1234567890123456789012345678901234567890";
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},sub")]);
    let tree = repo.commit("files");
    let asked = [
        "text",
        "latin",
        "binary",
        "large",
        "link",
        "sub",
        "folder",
        "folder/file",
        "none",
        "text/none",
        "",
    ];
    let found = contents(&repo.open(), tree, &asked.map(RepoPath::from), 11).unwrap();
    let content = |path: &str| found[&RepoPath::from(path)].as_deref();
    assert_eq!(found.len(), asked.len());
    assert_eq!(content("text"), Some("one\n"));
    assert_eq!(content("latin"), Some("caf\u{fffd}"));
    assert_eq!(content("large"), Some("12345"));
    assert_eq!(content("folder/file"), Some("in a folder"));
    for nothing in ["binary", "link", "sub", "folder", "none", "text/none", ""] {
        assert_eq!(content(nothing), None, "{nothing}");
    }
    let capped = contents(&repo.open(), tree, &[RepoPath::from("large")], 4).unwrap();
    assert_eq!(capped[&RepoPath::from("large")], None);
}

#[test]
fn a_blob_is_found_by_its_exact_path() {
    let repo = ScratchRepo::new();
    repo.write("a/b", b"\0bytes\xff");
    std::os::unix::fs::symlink("a/b", repo.path().join("link")).unwrap();
    let tree = repo.commit("files");
    let opened = repo.open();
    assert_eq!(
        blob(&opened, tree, b"a/b").unwrap().as_deref(),
        Some(&b"\0bytes\xff"[..])
    );
    assert_eq!(blob(&opened, tree, b"link").unwrap().as_deref(), Some(&b"a/b"[..]));
    for nothing in [&b"a"[..], b"a/", b"a/b/c", b"A/b", b"", b"/", b"a//b"] {
        assert_eq!(blob(&opened, tree, nothing).unwrap(), None);
    }
}

#[test]
fn modes_are_listed() {
    let repo = ScratchRepo::new();
    let file = repo.write_object("blob", b"1");
    let modes = [("100644", b"a"), ("100755", b"b"), ("120000", b"c"), ("160000", b"d")];
    let entries = modes.map(|(mode, name)| (mode, &name[..], file.as_str()));
    let listing = ask(&repo.open(), id(&repo.write_tree(&entries)), &["*"]);
    let found: Vec<_> = listing.files.iter().map(|it| it.mode).collect();
    assert_eq!(
        found,
        [
            FileMode::Regular,
            FileMode::Executable,
            FileMode::Symlink,
            FileMode::Submodule
        ]
    );
}
