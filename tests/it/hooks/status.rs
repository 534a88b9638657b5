//! `drift hooks status`: what keeps a hook from being run, or drift from being called, is said.

use super::{script, set_mode};
use crate::support::drift::{drift, project};
use crate::support::repo::Repo;

fn says(repo: &Repo, texts: &[&str]) {
    drift(repo, &["hooks", "status"]).ends(0).says(texts);
}

#[test]
fn it_tells_installed_from_absent() {
    let repo = project();
    says(&repo, &["commit-msg          not installed\n"]);
    drift(&repo, &["hooks", "status"]).complains(&["`drift hooks install`"]);
    drift(&repo, &["hooks", "install"]).ends(0);
    says(&repo, &["commit-msg          installed\n"]);
}

#[test]
fn a_hook_without_its_x_bit_is_named() {
    let repo = project();
    script(&repo, "pre-push", "#!/bin/sh\n");
    set_mode(&repo.path().join(".git/hooks/pre-push"), 0o644);
    says(
        &repo,
        &["pre-push            not installed; another hook is there, without its x bit"],
    );
    drift(&repo, &["hooks", "install"]).ends(0);
    says(&repo, &["`pre-push.drift-kept` is kept, without its x bit"]);
    set_mode(&repo.path().join(".git/hooks/commit-msg"), 0o644);
    says(&repo, &["commit-msg          installed, without its x bit"]);
    drift(&repo, &["hooks", "install"])
        .ends(0)
        .says(&["commit-msg          renewed"]);
    says(&repo, &["commit-msg          installed\n"]);
}

#[test]
fn a_link_that_leads_nowhere_is_named() {
    let repo = project();
    std::os::unix::fs::symlink("nowhere", repo.path().join(".git/hooks/pre-push")).unwrap();
    says(
        &repo,
        &["pre-push            not installed; a link is there that leads nowhere"],
    );
    drift(&repo, &["hooks", "install"]).ends(0);
    says(&repo, &["`pre-push.drift-kept` is a link that leads nowhere"]);
}

#[test]
fn changes_after_the_install_are_named() {
    let repo = project();
    script(&repo, "commit-msg", "#!/bin/sh\nexit 0\n");
    drift(&repo, &["hooks", "install"]).ends(0);
    says(
        &repo,
        &["commit-msg          installed; `commit-msg.drift-kept` runs first\n"],
    );
    script(&repo, "commit-msg.drift-kept", "#!/bin/sh\nexit 1\n");
    says(&repo, &["`commit-msg.drift-kept` was changed after the install"]);
    std::fs::remove_file(repo.path().join(".git/hooks/commit-msg.drift-kept")).unwrap();
    says(&repo, &["`commit-msg.drift-kept` is gone"]);
    script(&repo, "pre-push.drift-kept", "#!/bin/sh\n");
    says(&repo, &["`pre-push.drift-kept` was added after the install"]);
    let mut text = repo.read(".git/hooks/post-commit");
    text.extend(b"echo more\n");
    script(&repo, "post-commit", std::str::from_utf8(&text).unwrap());
    says(&repo, &["the script is not what this drift writes"]);
    script(&repo, "pre-push", "#!/bin/sh\n# mine\n");
    says(
        &repo,
        &["pre-push            replaced by another hook after the install"],
    );
}
