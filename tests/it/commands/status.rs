//! `drift status`: planned, done, next.

use crate::support::drift::{drift, project, started_run, state};

#[test]
fn it_names_the_next_unit() {
    let repo = project();
    started_run(&repo);
    drift(&repo, &["status"]).complains(&["next: U1 Check the password at login"]);
    repo.write("src/login.py", "x\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: check the password at login");
    let before = state(&repo);
    drift(&repo, &["status"])
        .ends(0)
        .says(&["U1", "done"])
        .complains(&["next: U2 Describe the login"]);
    assert_eq!(state(&repo), before);
}

#[test]
fn without_a_run_there_is_nothing_to_say() {
    let repo = project();
    drift(&repo, &["status"]).ends(3).complains(&["no run"]);
    drift(&repo, &["status", "--run", "nope"])
        .ends(2)
        .complains(&["there is no run `nope`"]);
}
