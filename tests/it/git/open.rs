//! Finding repositories as git finds them, and refusing those that drift would misread.

use crate::support::repo::Repo;
use drift::git::{Environment, GitError, Refusal, Repository};
use std::path::{Path, PathBuf};

fn open_at(repo: &Repo, dir: impl AsRef<Path>, vars: &[(&str, &str)]) -> Result<Repository, GitError> {
    let mut environment = repo.drift_environment();
    environment
        .vars
        .extend(vars.iter().map(|(name, value)| (name.into(), value.into())));
    Repository::open(dir.as_ref(), &environment)
}

fn refusal(outcome: Result<Repository, GitError>) -> Refusal {
    match outcome.unwrap_err() {
        GitError::Refused { what } => what,
        other => panic!("{other:?}"),
    }
}

fn one_commit() -> Repo {
    let repo = Repo::new();
    repo.commit_file("sub/a", "1\n");
    repo
}

#[test]
fn a_repository_is_found_from_any_folder_inside() {
    let repo = one_commit();
    for (dir, prefix) in [(".", ""), ("sub", "sub"), ("", "")] {
        let opened = open_at(&repo, dir, &[]).unwrap();
        assert_eq!(opened.workdir(), Some(repo.path()));
        assert_eq!(opened.git_dir(), repo.path().join(".git"));
        assert_eq!(opened.common_dir(), opened.git_dir());
        assert_eq!(opened.prefix().to_string(), prefix);
        assert!(!opened.is_bare());
    }
    let inside = open_at(&repo, ".git", &[]).unwrap();
    assert_eq!(inside.git_dir(), repo.path().join(".git"));
}

#[test]
fn what_is_no_repository_or_no_folder_says_so() {
    let folder = Repo::empty();
    let error = folder.open().unwrap_err();
    assert!(matches!(error, GitError::NotARepository { .. }), "{error:?}");
    assert!(error.hint().unwrap().contains("-C DIR"));
    let error = open_at(&folder, "absent", &[]).unwrap_err();
    assert_eq!(error.to_string(), "there is no directory `absent`");
    let repo = one_commit();
    assert!(matches!(
        open_at(&repo, "sub/a", &[]),
        Err(GitError::NoSuchDirectory { .. })
    ));
    assert!(matches!(
        open_at(&repo, ".", &[("GIT_DIR", "absent")]),
        Err(GitError::NotARepository { .. })
    ));
}

#[test]
fn the_search_does_not_leave_a_ceiling_directory() {
    let repo = one_commit();
    let top = repo.path().to_str().unwrap();
    let ceiling = [("GIT_CEILING_DIRECTORIES", top)];
    assert!(matches!(
        open_at(&repo, "sub", &ceiling),
        Err(GitError::NotARepository { .. })
    ));
    assert!(open_at(&repo, ".", &ceiling).is_ok());
    assert!(open_at(&repo, "sub", &[("GIT_CEILING_DIRECTORIES", "/nowhere:relative::")]).is_ok());
}

#[test]
fn git_dir_and_git_work_tree_name_the_repository() {
    let repo = one_commit();
    let elsewhere = Repo::empty();
    let git_dir = repo.path().join(".git");
    let top = repo.path().to_str().unwrap();
    let named = open_at(&elsewhere, ".", &[("GIT_DIR", git_dir.to_str().unwrap())]).unwrap();
    assert_eq!(
        (named.git_dir(), named.workdir()),
        (git_dir.as_path(), Some(repo.path()))
    );
    let both = [("GIT_DIR", git_dir.to_str().unwrap()), ("GIT_WORK_TREE", ".")];
    assert_eq!(
        open_at(&elsewhere, ".", &both).unwrap().workdir(),
        Some(elsewhere.path())
    );
    let relative = open_at(&repo, "sub", &[("GIT_DIR", "../.git"), ("GIT_WORK_TREE", top)]).unwrap();
    assert_eq!(
        (relative.git_dir(), relative.prefix().to_string().as_str()),
        (git_dir.as_path(), "sub")
    );
}

#[test]
fn a_hook_knows_where_the_user_stood_and_which_index_counts() {
    let repo = one_commit();
    let vars = [("GIT_PREFIX", "sub/"), ("GIT_INDEX_FILE", ".git/index.lock")];
    let opened = open_at(&repo, ".", &vars).unwrap();
    assert_eq!(opened.prefix().to_string(), "sub");
    assert_eq!(opened.index_path(), repo.path().join(".git/index.lock"));
    assert_eq!(repo.open().unwrap().index_path(), repo.path().join(".git/index"));
}

#[test]
fn linked_worktrees_share_a_common_dir_and_know_the_primary_one() {
    let repo = one_commit();
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "--quiet", "-b", "side", linked.to_str().unwrap()]);
    let opened = open_at(&repo, &linked, &[]).unwrap();
    assert_eq!(opened.workdir(), Some(linked.as_path()));
    assert_eq!(opened.git_dir(), repo.path().join(".git/worktrees/linked"));
    assert_eq!(opened.common_dir(), repo.path().join(".git"));
    assert_eq!(opened.main_workdir().unwrap().as_deref(), Some(repo.path()));
    assert_eq!(opened.worktree_name().as_deref(), Some("linked"));
    assert_eq!(opened.head_branch().unwrap().as_deref(), Some("side"));
    let primary = repo.open().unwrap();
    assert_eq!(primary.worktree_name(), None);
    for any in [&opened, &primary] {
        let all = any.worktrees().unwrap();
        let shown: Vec<(Option<&str>, &Path, Option<&str>)> = all
            .iter()
            .map(|it| (it.name.as_deref(), it.path.as_path(), it.branch.as_deref()))
            .collect();
        let expected: [(Option<&str>, &Path, Option<&str>); 2] = [
            (None, repo.path(), Some("main")),
            (Some("linked"), linked.as_path(), Some("side")),
        ];
        assert_eq!(shown, expected);
    }
    let hook = [("GIT_DIR", opened.git_dir().to_str().unwrap())];
    assert_eq!(
        open_at(&repo, &linked, &hook).unwrap().workdir(),
        Some(linked.as_path())
    );
}

#[test]
fn a_worktree_of_a_bare_repository_has_no_primary_one() {
    let source = one_commit();
    let bare = Repo::clone_of(&source, &["--bare"]);
    let linked = bare.beside("linked");
    bare.git(&["worktree", "add", "--quiet", linked.to_str().unwrap(), "main"]);
    let opened = open_at(&bare, &linked, &[]).unwrap();
    assert!(!opened.is_bare());
    assert_eq!(opened.main_workdir().unwrap(), None);
    assert_eq!(opened.common_dir(), bare.path());
    assert_eq!(opened.worktrees().unwrap().len(), 1);
    let itself = bare.open().unwrap();
    assert!(itself.is_bare());
    assert_eq!((itself.workdir(), itself.main_workdir().unwrap()), (None, None));
    assert_eq!(itself.worktrees().unwrap().len(), 1);
}

#[test]
fn a_separate_git_dir_and_a_submodule_are_repositories_like_others() {
    let repo = Repo::empty();
    let apart = repo.beside("apart.git");
    repo.git(&["init", "--quiet", "--separate-git-dir", apart.to_str().unwrap()]);
    let opened = repo.open().unwrap();
    assert_eq!(
        (opened.git_dir(), opened.workdir()),
        (apart.as_path(), Some(repo.path()))
    );
    assert_eq!(opened.worktree_name(), None);

    let inner = one_commit();
    let outer = one_commit();
    let url = format!("file://{}", inner.path().display());
    outer.git(&[
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        &url,
        "module",
    ]);
    let module = open_at(&outer, "module", &[]).unwrap();
    assert_eq!(module.workdir(), Some(outer.path().join("module").as_path()));
    assert_eq!(module.git_dir(), outer.path().join(".git/modules/module"));
    assert_eq!(module.main_workdir().unwrap().as_deref(), module.workdir());
}

#[test]
fn formats_that_drift_cannot_read_are_refused() {
    let repo = one_commit();
    repo.git(&["config", "core.repositoryFormatVersion", "1"]);
    repo.git(&["config", "extensions.fromTheFuture", "true"]);
    assert_eq!(refusal(repo.open()), Refusal::Extension("fromTheFuture".into()));
    let repo = one_commit();
    repo.git(&["config", "core.repositoryFormatVersion", "2"]);
    assert_eq!(refusal(repo.open()), Refusal::FormatVersion("2".into()));
    let repo = Repo::init(&["--ref-format=reftable"]);
    let error = repo.open().unwrap_err();
    assert!(error.hint().unwrap().contains("git refs migrate"));
    assert_eq!(refusal(repo.open()), Refusal::RefStorage("reftable".into()));
}

#[test]
fn grafts_are_refused_because_they_hide_commits() {
    let repo = one_commit();
    repo.commit_file("b", "1\n");
    repo.write(".git/info/grafts", format!("{}\n", repo.id("HEAD")));
    assert!(matches!(refusal(repo.open()), Refusal::Grafts(_)));
}

#[test]
fn another_users_repository_is_refused() {
    let repo = one_commit();
    let owned_by_another = std::process::Command::new("chown")
        .args(["-R", "12345"])
        .arg(repo.path())
        .status();
    if !owned_by_another.is_ok_and(|status| status.success()) {
        return;
    }
    let error = repo.open().unwrap_err();
    assert!(error.hint().unwrap().contains("safe.directory"));
    assert!(matches!(refusal(repo.open()), Refusal::ForeignOwner(_)));
}

#[test]
fn a_common_dir_that_gix_would_ignore_is_refused() {
    let repo = one_commit();
    let own = repo.path().join(".git");
    assert!(open_at(&repo, ".", &[("GIT_COMMON_DIR", own.to_str().unwrap())]).is_ok());
    let other = open_at(&repo, ".", &[("GIT_COMMON_DIR", "/tmp")]);
    assert_eq!(refusal(other), Refusal::CommonDir(PathBuf::from("/tmp")));
}

#[test]
fn a_push_in_quarantine_is_read_and_nothing_is_written() {
    let source = one_commit();
    let bare = Repo::clone_of(&source, &["--bare"]);
    source.commit_file("b", "1\n");
    let pushed = source.id("HEAD");
    // What git sets in pre-receive: the new objects apart from the others, which are alternates.
    let apart = source.path().join(".git/objects");
    let objects = bare.path().join("objects");
    let vars = [
        ("GIT_DIR", "."),
        ("GIT_QUARANTINE_PATH", apart.to_str().unwrap()),
        ("GIT_OBJECT_DIRECTORY", apart.to_str().unwrap()),
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", objects.to_str().unwrap()),
    ];
    let opened = open_at(&bare, ".", &vars).unwrap();
    let history = opened
        .observe(&drift::git::Query::new("main", pushed.as_str()))
        .unwrap();
    assert_eq!(history.commits.len(), 1);
    assert!(matches!(
        opened.writes_allowed(),
        Err(GitError::Refused {
            what: Refusal::Quarantine
        })
    ));
    let outside = bare.open().unwrap();
    assert!(outside.writes_allowed().is_ok());
    assert!(outside.resolve_commit(&pushed).is_err());
}

#[test]
fn the_user_is_who_git_says() {
    let repo = one_commit();
    assert_eq!(
        repo.open().unwrap().user_identity().as_deref(),
        Some("A U Thor <author@example.com>")
    );
    let mut environment = repo.drift_environment();
    environment.vars.remove(std::ffi::OsStr::new("GIT_AUTHOR_NAME"));
    environment.vars.remove(std::ffi::OsStr::new("GIT_AUTHOR_EMAIL"));
    let identity = |environment: &Environment| Repository::open(Path::new("."), environment).unwrap().user_identity();
    assert_eq!(identity(&environment), None);
    repo.git(&["config", "user.name", "N <a> Me"]);
    repo.git(&["config", "user.email", "me@example.com"]);
    assert_eq!(identity(&environment).as_deref(), Some("N a Me <me@example.com>"));
    environment.vars.insert(
        "GIT_CONFIG_PARAMETERS".into(),
        "'user.name'='From the command line'".into(),
    );
    assert_eq!(
        identity(&environment).as_deref(),
        Some("From the command line <me@example.com>")
    );
}

#[test]
fn configuration_and_the_branchs_run_are_read() {
    let repo = one_commit();
    repo.git(&["config", "drift.level", "high"]);
    repo.git(&["config", "branch.feature/x.y.driftRun", "add-login-0a1b2c3d"]);
    let opened = repo.open().unwrap();
    assert_eq!(opened.config_value("drift.level").as_deref(), Some("high"));
    assert_eq!(opened.config_value("drift.absent"), None);
    assert_eq!(opened.config_value("not a key"), None);
    assert_eq!(
        opened.bound_run("feature/x.y").unwrap().to_string(),
        "add-login-0a1b2c3d"
    );
    assert_eq!(opened.bound_run("main"), None);
    assert_eq!(opened.head_commit().unwrap().to_string(), repo.id("HEAD"));
}
