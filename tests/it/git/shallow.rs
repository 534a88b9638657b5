//! Clones that end before the history does, or that left objects out: the answer is that of a whole clone, or an error.

use super::range_agreement::{agree, ids};
use super::skewed::{COMMITS, Numbers, Random};
use crate::support::repo::Repo;
use drift::git::{GitError, Query};
use drift::model::LineCount;

/// `main` with eight commits, and `work` with three that left it two commits ago.
fn upstream() -> Repo {
    let repo = Repo::new();
    for number in 0..6 {
        repo.commit_file("main.txt", format!("{number}\n"));
    }
    repo.git(&["checkout", "--quiet", "-b", "work"]);
    for number in 0..3 {
        repo.commit_file(&format!("work{number}.txt"), "work\n");
    }
    repo.git(&["checkout", "--quiet", "main"]);
    for number in 6..8 {
        repo.commit_file("main.txt", format!("{number}\n"));
    }
    repo
}

/// An empty repository with `source` as its origin.
fn downstream(source: &Repo) -> Repo {
    let repo = Repo::new();
    repo.git(&[
        "remote",
        "add",
        "origin",
        &format!("file://{}", source.path().display()),
    ]);
    repo
}

fn fetch(repo: &Repo, reference: &str, depth: usize) {
    let refspec = format!("+refs/heads/{reference}:refs/remotes/origin/{reference}");
    repo.git(&["fetch", "--quiet", &format!("--depth={depth}"), "origin", &refspec]);
}

#[test]
fn a_clone_that_ends_too_early_is_an_error_until_it_is_deepened() {
    let source = upstream();
    let repo = downstream(&source);
    fetch(&repo, "work", 2);
    fetch(&repo, "main", 1);
    let error = repo.observe("origin/main", "origin/work").unwrap_err();
    assert!(matches!(error, GitError::MissingHistory { .. }), "{error:?}");
    assert!(error.to_string().contains("`origin/main` and `origin/work`"));
    assert!(error.hint().unwrap().contains("git fetch --deepen=100"));
    repo.git(&["fetch", "--quiet", "--deepen=2", "origin", "work", "main"]);
    let history = agree(&repo, "origin/main", "origin/work");
    assert!(history.shallow);
    assert_eq!(history.commits.len(), 3);
    repo.git(&["fetch", "--quiet", "--unshallow", "origin"]);
    assert!(!agree(&repo, "origin/main", "origin/work").shallow);
}

#[test]
fn a_base_of_one_commit_is_enough_where_the_work_grew_from_it() {
    let source = upstream();
    source.git(&["branch", "fork", "work~3"]);
    let repo = downstream(&source);
    fetch(&repo, "work", 4);
    fetch(&repo, "fork", 1);
    assert_eq!(agree(&repo, "origin/fork", "origin/work").commits.len(), 3);
    assert!(agree(&repo, "origin/fork", "origin/fork").commits.is_empty());
}

#[test]
fn a_merge_whose_other_side_is_cut_off_is_an_error() {
    let source = upstream();
    source.git(&["checkout", "--quiet", "work"]);
    source.merge(&["main"]);
    let repo = downstream(&source);
    fetch(&repo, "work", 3);
    let base = repo.id("origin/work^1");
    let error = repo.observe(&base, "origin/work").unwrap_err();
    assert!(matches!(error, GitError::MissingHistory { .. }), "{error:?}");
}

#[test]
fn a_shallow_clone_says_what_a_whole_one_says_or_that_history_is_missing() {
    let (mut answered, mut refused) = (0, 0);
    for seed in 1..=3 {
        let random = Random::new(seed + 50, false);
        let mut numbers = Numbers(seed);
        for _ in 0..5 {
            let (base, target) = (numbers.below(COMMITS), numbers.below(COMMITS));
            let repo = downstream(&random.repo);
            fetch(&repo, &format!("c{target}"), 1 + numbers.below(12));
            fetch(&repo, &format!("c{base}"), 1 + numbers.below(12));
            let whole = random.repo.observe(&random.ids[base], &random.ids[target]).unwrap();
            match repo.observe(&random.ids[base], &random.ids[target]) {
                Ok(history) => {
                    answered += 1;
                    assert_eq!(ids(&history), ids(&whole), "{seed}: {base}..{target}");
                    assert_eq!(history.merge_base, whole.merge_base);
                    assert_eq!(history.changes, whole.changes);
                }
                Err(GitError::MissingHistory { .. }) => refused += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
    }
    assert!(answered > 1 && refused > 1, "{answered} answered, {refused} refused");
}

#[test]
fn an_unknown_revision_of_a_shallow_clone_may_lie_beyond_its_end() {
    let source = upstream();
    let repo = Repo::clone_of(&source, &["--depth=2"]);
    let error = repo.observe("HEAD~5", "HEAD").unwrap_err();
    assert!(
        matches!(error, GitError::UnknownRevision { shallow: true, .. }),
        "{error:?}"
    );
    assert!(error.hint().unwrap().contains("--deepen"));
}

#[test]
fn a_clone_without_blobs_has_all_but_the_line_counts() {
    let source = upstream();
    source.git(&["config", "uploadpack.allowFilter", "true"]);
    let repo = Repo::clone_of(&source, &["--filter=blob:none", "--no-checkout"]);
    let query = Query::new("origin/main", "origin/work");
    let history = repo.open().unwrap().observe(&query).unwrap();
    assert_eq!((history.commits.len(), history.changes.len()), (3, 3));
    assert_eq!(history.changes[0].lines, LineCount::NotCounted);
    let counted = Query {
        line_counts: true,
        ..query
    };
    let error = repo.open().unwrap().observe(&counted).unwrap_err();
    assert!(
        matches!(error, GitError::MissingObject { promisor: true, .. }),
        "{error:?}"
    );
    assert!(error.to_string().contains("partial"));
    assert!(error.hint().unwrap().contains("git fetch --refetch --no-filter"));
    repo.git(&["fetch", "--quiet", "--refetch", "--no-filter"]);
    repo.open().unwrap().observe(&counted).unwrap();
}

#[test]
fn a_clone_without_trees_says_that_they_were_left_out() {
    let source = upstream();
    source.git(&["config", "uploadpack.allowFilter", "true"]);
    let repo = Repo::clone_of(&source, &["--filter=tree:0", "--no-checkout"]);
    let error = repo.observe("origin/main", "origin/work").unwrap_err();
    assert!(
        matches!(error, GitError::MissingObject { promisor: true, .. }),
        "{error:?}"
    );
}
