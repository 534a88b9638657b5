//! Names that resolve as they do for git, and names that do not, each with its error and its hint.

use crate::support::repo::Repo;
use drift::git::GitError;
use proptest::prelude::*;

/// Five commits on `main`, a tag on the second, a branch on the third.
fn repo() -> Repo {
    let repo = Repo::new();
    for number in 0..5 {
        repo.commit_file("a", format!("{number}\n"));
    }
    repo.git(&["tag", "-a", "v1.0", "-m", "one", "HEAD~3"]);
    repo.git(&["tag", "light", "HEAD~3"]);
    repo.git(&["branch", "feature/login", "HEAD~2"]);
    repo
}

fn error(repo: &Repo, rev: &str) -> GitError {
    repo.open().unwrap().resolve_commit(rev).unwrap_err()
}

#[test]
fn what_git_resolves_drift_resolves_alike() {
    let source = repo();
    let repo = Repo::clone_of(&source, &[]);
    repo.commit_file("b", "1\n");
    let opened = repo.open().unwrap();
    let short = &repo.id("HEAD")[..9];
    let full = repo.id("HEAD~2");
    for rev in [
        "HEAD",
        "@",
        "main",
        "HEAD~2",
        "HEAD^",
        "main~1^0",
        "v1.0",
        "v1.0^{}",
        "refs/tags/light",
        "tags/v1.0",
        "@{u}",
        "@{upstream}",
        "main@{u}",
        "origin/main",
        "origin",
        "origin/feature/login",
        "HEAD@{1}",
        short,
        &full,
    ] {
        let expected = repo.id(&format!("{rev}^{{commit}}"));
        assert_eq!(opened.resolve_commit(rev).unwrap().to_string(), expected, "{rev}");
    }
}

#[test]
fn what_is_no_revision_says_what_is_wrong_with_it() {
    let repo = repo();
    for rev in [
        "",
        " ",
        "-",
        "--all",
        "a\0b",
        "HEAD..main",
        "HEAD...main",
        "^HEAD",
        &"x".repeat(10_000),
    ] {
        let error = error(&repo, rev);
        assert!(
            matches!(error, GitError::MalformedRevision { .. }),
            "{rev:?}: {error:?}"
        );
        assert!(error.hint().is_some());
        assert!(!error.to_string().contains('\0'));
    }
}

#[test]
fn an_unknown_name_brings_the_nearest_to_mind() {
    let repo = repo();
    for (rev, meant) in [
        ("mian", "main"),
        ("feature/logn", "feature/login"),
        ("login", "feature/login"),
        ("v1.1", "v1.0"),
        ("mian~2", "main"),
    ] {
        let error = error(&repo, rev);
        let GitError::UnknownRevision { nearest, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!(nearest.as_deref(), Some(meant), "{rev}");
        assert_eq!(error.hint().unwrap(), format!("did you mean `{meant}`?"));
    }
}

#[test]
fn an_unknown_name_that_is_like_no_other_says_what_may_bring_it() {
    let repo = repo();
    let hint = |rev: &str| error(&repo, rev).hint().unwrap();
    assert_eq!(hint("origin/release"), "`git fetch origin release` may bring it");
    let id = "0123456789012345678901234567890123456789";
    assert_eq!(hint(id), format!("`git fetch origin {id}` may bring it"));
    assert!(hint("something-else-entirely").contains("git fetch --all"));
    assert!(hint("HEAD~99").contains("git fetch --all"));
}

#[test]
fn objects_that_are_no_commits_are_named_by_their_kind() {
    let repo = repo();
    repo.git(&["tag", "-a", "tree-tag", "-m", "x", "HEAD^{tree}"]);
    for (rev, expected) in [("HEAD:a", "blob"), ("HEAD^{tree}", "tree"), ("tree-tag", "tree")] {
        let error = error(&repo, rev);
        assert!(
            matches!(&error, GitError::NotACommit { kind, .. } if kind == expected),
            "{error:?}"
        );
    }
}

#[test]
fn a_short_id_of_several_objects_is_ambiguous() {
    let repo = Repo::new();
    for number in 0..1000 {
        repo.write(&format!("f{number}"), format!("{number}\n"));
    }
    repo.commit("many blobs");
    let objects = repo.git(&["cat-file", "--batch-all-objects", "--batch-check=%(objectname)"]);
    let mut prefixes: Vec<&str> = objects.lines().map(|id| &id[..4]).collect();
    prefixes.sort_unstable();
    let Some(twice) = prefixes.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]) else {
        panic!("a thousand fixed blobs share no four digits");
    };
    let error = error(&repo, twice);
    let GitError::AmbiguousRevision { candidates, .. } = &error else {
        panic!("{error:?}")
    };
    assert!(candidates.len() > 1 && candidates.iter().all(|candidate| candidate.starts_with(twice)));
    assert!(error.hint().unwrap().contains("more digits"));
}

#[test]
fn a_branch_without_commits_is_unborn() {
    let repo = Repo::new();
    for rev in ["HEAD", "main", "@", "HEAD~1"] {
        let error = error(&repo, rev);
        assert!(
            matches!(&error, GitError::Unborn { branch } if branch == "main"),
            "{rev}: {error:?}"
        );
    }
    assert_eq!(repo.open().unwrap().head_branch().unwrap().as_deref(), Some("main"));
    assert!(matches!(error(&repo, "other"), GitError::UnknownRevision { .. }));
}

#[test]
fn an_upstream_that_nobody_set_is_named_as_such() {
    let repo = repo();
    let error = error(&repo, "@{u}");
    assert!(matches!(error, GitError::NoUpstream { .. }), "{error:?}");
    assert!(error.hint().unwrap().contains("--set-upstream-to"));
}

#[test]
fn the_default_base_is_what_the_remote_calls_its_default() {
    let source = repo();
    let base = |repo: &Repo| repo.open().unwrap().default_base().unwrap();
    assert_eq!(base(&source).as_deref(), Some("main"));
    source.git(&["branch", "-m", "main", "trunk"]);
    assert_eq!(base(&source), None);
    let clone = Repo::clone_of(&source, &[]);
    assert_eq!(base(&clone).as_deref(), Some("origin/trunk"));
    clone.git(&["remote", "set-head", "origin", "--delete"]);
    assert_eq!(base(&clone), None);
    clone.git(&["update-ref", "refs/remotes/origin/master", "HEAD"]);
    clone.git(&["branch", "main"]);
    assert_eq!(base(&clone).as_deref(), Some("origin/master"));
    clone.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone"]);
    assert_eq!(base(&clone).as_deref(), Some("origin/master"));
}

#[test]
fn files_are_read_straight_from_revisions() {
    let repo = repo();
    repo.write("dir/plan.json", b"{\xff}").commit("plan");
    let opened = repo.open().unwrap();
    assert_eq!(opened.read_rev_path("HEAD", "dir/plan.json").unwrap(), b"{\xff}");
    assert_eq!(opened.read_rev_path("HEAD", "./dir/plan.json").unwrap(), b"{\xff}");
    assert_eq!(opened.read_rev_path("v1.0", "a").unwrap(), b"1\n");
    assert_eq!(opened.read_rev_path("HEAD^{tree}", "a").unwrap(), b"4\n");
    for path in ["", "dir", "dir/", "absent", "a/b", "/a", "../a", "dir\0"] {
        let error = opened.read_rev_path("HEAD", path).unwrap_err();
        assert!(matches!(error, GitError::NoSuchPath { .. }), "{path:?}: {error:?}");
        assert!(error.hint().unwrap().contains("git ls-tree"));
    }
    assert!(matches!(
        opened.read_rev_path("nope", "a").unwrap_err(),
        GitError::UnknownRevision { .. }
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_a_revision_panic(
        texts in proptest::collection::vec("[a-zA-Z0-9~^@{}:/.\\\\ *?\\[\\-\\n\\PC]{0,24}", 100),
        tails in proptest::collection::vec("[~^@{}:/0-9!+\\-a-z.]{0,10}", 100),
    ) {
        let repo = repo();
        let opened = repo.open().unwrap();
        for text in texts.into_iter().chain(tails.into_iter().map(|tail| format!("HEAD{tail}"))) {
            if let Err(error) = opened.resolve_commit(&text) {
                prop_assert!(!error.to_string().contains('\n'), "{}", error);
            }
        }
    }
}
