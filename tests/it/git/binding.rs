//! The run that a branch is bound to, in git's configuration.

use super::record::{environment, handle, open, open_at};
use crate::support::repo::Repo;
use drift::git::Repository;
use std::fs;

#[test]
fn a_binding_is_seen_by_every_worktree_and_replaced_by_the_next() {
    let repo = Repo::new();
    repo.commit_file("a", "1");
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "--quiet", linked.to_str().unwrap(), "-b", "topic"]);
    open_at(&repo, &linked).bind_branch("topic", &handle()).unwrap();
    assert_eq!(open(&repo).bound_run("topic"), Some(handle()));
    assert_eq!(open(&repo).bound_run("main"), None);
    let other = "other-ffffffff".parse().unwrap();
    open(&repo).bind_branch("topic", &other).unwrap();
    assert_eq!(open_at(&repo, &linked).bound_run("topic"), Some(other));
}

#[test]
fn git_moves_the_binding_with_the_branch_and_removes_it_with_it() {
    let repo = Repo::new();
    repo.commit_file("a", "1");
    repo.git(&["branch", "topic"]);
    open(&repo).bind_branch("topic", &handle()).unwrap();
    repo.git(&["branch", "-m", "topic", "renamed"]);
    assert_eq!(open(&repo).bound_run("renamed"), Some(handle()));
    assert_eq!(open(&repo).bound_run("topic"), None);
    repo.git(&["branch", "-D", "renamed"]);
    assert_eq!(open(&repo).bound_run("renamed"), None);
}

#[test]
fn odd_branch_names_are_bound_like_any_other() {
    let repo = Repo::new();
    for branch in ["a/b.c", "-x", "with\"quote", "é", "a=b", "UPPER", "x#y;z"] {
        open(&repo).bind_branch(branch, &handle()).unwrap();
        assert_eq!(open(&repo).bound_run(branch), Some(handle()), "{branch}");
        open(&repo).unbind_branch(branch).unwrap();
        assert_eq!(open(&repo).bound_run(branch), None, "{branch}");
    }
    assert_eq!(open(&repo).bound_run("upper"), None);
}

#[test]
fn the_rest_of_the_configuration_stays_as_it_is() {
    let repo = Repo::new();
    let file = repo.path().join(".git/config");
    let odd = "# mine\r\n[Core]\n\tfoo = \"a # b\" ; why\n[branch \"topic\"]\n  remote=origin\n";
    let before = format!("{}{odd}", fs::read_to_string(&file).unwrap());
    fs::write(&file, &before).unwrap();
    open(&repo).bind_branch("topic", &handle()).unwrap();
    let bound = fs::read_to_string(&file).unwrap();
    assert_eq!(bound, format!("{before}\tdriftRun = add-login-0a1b2c3d\n"));
    open(&repo).unbind_branch("topic").unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
}

#[test]
fn taking_away_what_is_not_there_is_fine() {
    let repo = Repo::new();
    open(&repo).unbind_branch("main").unwrap();
}

#[test]
fn a_value_that_is_no_handle_is_no_binding() {
    let repo = Repo::new();
    repo.git(&["config", "branch.main.driftRun", "../../x"]);
    assert_eq!(open(&repo).bound_run("main"), None);
}

#[test]
fn the_variables_of_a_hook_do_not_reach_the_git_program() {
    let repo = Repo::new();
    let mut environment = environment(&repo);
    environment
        .vars
        .insert("GIT_CONFIG_COUNT".into(), "not a number".into());
    let repository = Repository::open(repo.path(), &environment).unwrap();
    repository.bind_branch("main", &handle()).unwrap();
    assert_eq!(open(&repo).bound_run("main"), Some(handle()));
}

#[test]
fn a_configuration_that_is_locked_for_long_is_an_error_in_gits_words() {
    let repo = Repo::new();
    fs::write(repo.path().join(".git/config.lock"), "").unwrap();
    let message = open(&repo).bind_branch("main", &handle()).unwrap_err().to_string();
    assert!(message.contains("could not lock config file"), "{message}");
}
