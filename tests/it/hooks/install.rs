//! `drift hooks install` and `uninstall`: where the scripts go, what is kept, and that all of it can be undone.

use super::{git, mode, script, script_at, set_mode, snapshot};
use crate::support::drift::{drift, drift_with, project};
use crate::support::repo::Repo;
use std::path::PathBuf;

fn folder(repo: &Repo) -> PathBuf {
    repo.path().join(".git/hooks")
}

#[test]
fn it_writes_every_hook_and_twice_is_once() {
    let repo = project();
    let before = snapshot(&folder(&repo));
    let said = drift(&repo, &["hooks", "install"]).ends(0);
    said.says(&["commit-msg          installed\n", "pre-push            installed\n"]);
    let once = snapshot(&folder(&repo));
    for hook in drift::hooks::HOOKS.iter().filter(|hook| !hook.is_optional) {
        let found = once.iter().find(|(name, ..)| name == hook.name).unwrap();
        assert_eq!(found.1 & 0o111, 0o111, "{}", hook.name);
    }
    drift(&repo, &["hooks", "install"]).ends(0).says(&["installed already"]);
    assert_eq!(snapshot(&folder(&repo)), once);
    drift(&repo, &["hooks", "uninstall"]).ends(0);
    assert_eq!(snapshot(&folder(&repo)), before);
    drift(&repo, &["hooks", "uninstall"])
        .ends(0)
        .says(&["nothing of drift's"]);
    assert_eq!(snapshot(&folder(&repo)), before);
}

#[test]
fn what_was_there_is_back_byte_for_byte_with_its_mode() {
    let repo = project();
    script(&repo, "commit-msg", "#!/bin/sh\nexit 0\n# no line feed at the end");
    script(&repo, "pre-push", "\u{0}\r\nodd");
    set_mode(&folder(&repo).join("pre-push"), 0o640);
    std::os::unix::fs::symlink("../../README.md", folder(&repo).join("post-commit")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder(&repo).join("post-rewrite")).unwrap();
    let before = snapshot(&folder(&repo));
    drift(&repo, &["hooks", "install"]).ends(0).says(&[
        "commit-msg          installed; the hook that was there runs first",
        "pre-push            installed; what was there is kept, without its x bit: it does not run, as before",
        "post-rewrite        installed; what was there is kept, a link that leads nowhere: it does not run, as before",
    ]);
    drift(&repo, &["hooks", "install"]).ends(0);
    assert_ne!(snapshot(&folder(&repo)), before);
    drift(&repo, &["hooks", "uninstall"]).ends(0).says(&["is back"]);
    assert_eq!(snapshot(&folder(&repo)), before);
    assert_eq!(mode(&folder(&repo).join("pre-push")) & 0o777, 0o640);
}

#[test]
fn from_a_linked_worktree_it_goes_to_the_folder_that_all_share() {
    let repo = project();
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "--quiet", "-b", "other", linked.to_str().unwrap()]);
    drift(&repo, &["-C", linked.to_str().unwrap(), "hooks", "install"]).ends(0);
    assert!(folder(&repo).join("commit-msg").exists());
    drift(&repo, &["hooks", "status"])
        .ends(0)
        .says(&["commit-msg          installed\n"]);
}

#[test]
fn a_subfolder_and_a_bare_repository_are_no_obstacle() {
    let repo = project();
    drift(&repo, &["-C", "src", "hooks", "install"]).ends(0);
    assert!(folder(&repo).join("pre-push").exists());
    let bare = Repo::init(&["--bare"]);
    drift(&bare, &["hooks", "install"]).ends(0);
    assert!(bare.path().join("hooks/pre-push").exists());
}

#[test]
fn the_repositorys_own_hooks_path_is_used_as_git_resolves_it() {
    let repo = project();
    repo.git(&["config", "core.hooksPath", "tools/hooks"]);
    drift(&repo, &["-C", "src", "hooks", "install"])
        .ends(0)
        .says(&["tools/hooks"]);
    assert!(repo.path().join("tools/hooks/commit-msg").exists());
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "--quiet", "-b", "other", linked.to_str().unwrap()]);
    drift(&repo, &["hooks", "install"])
        .ends(0)
        .complains(&["relative", "linked hooks install"]);
    drift(&repo, &["hooks", "status"])
        .ends(0)
        .says(&["the worktree", "has no commit-msg"]);
    drift(&repo, &["-C", linked.to_str().unwrap(), "hooks", "install"]).ends(0);
    assert!(linked.join("tools/hooks/commit-msg").exists());
    let absolute = repo.beside("elsewhere");
    repo.git(&["config", "core.hooksPath", absolute.to_str().unwrap()]);
    drift(&repo, &["hooks", "install"]).ends(0);
    assert!(absolute.join("commit-msg").exists());
}

#[test]
fn a_hooks_path_that_holds_for_other_repositories_is_refused() {
    let repo = project();
    let config = repo.beside("gitconfig");
    let shared = repo.beside("shared");
    std::fs::write(&config, format!("[core]\n\thooksPath = {}\n", shared.display())).unwrap();
    let before = snapshot(&folder(&repo));
    // gix reads GIT_CONFIG_GLOBAL itself.
    let variables = [("GIT_CONFIG_GLOBAL", config.to_str().unwrap())];
    drift_with(&repo, &["hooks", "install"], &variables)
        .ends(2)
        .complains(&["global configuration", "git config core.hooksPath", "drift hook NAME"]);
    drift_with(&repo, &["hooks", "uninstall"], &variables).ends(2);
    drift_with(&repo, &["hooks", "status"], &variables)
        .ends(0)
        .says(&["in the global configuration", "not installed"])
        .complains(&["next: `drift hooks install` says what to do, since other repositories use this folder too\n"]);
    assert!(!shared.exists());
    assert_eq!(snapshot(&folder(&repo)), before);
    repo.git(&["config", "core.hooksPath", folder(&repo).to_str().unwrap()]);
    drift_with(&repo, &["hooks", "install"], &variables).ends(0);
}

#[test]
fn a_hook_that_took_drifts_place_is_not_overwritten() {
    let repo = project();
    script(&repo, "commit-msg", "#!/bin/sh\n# the first\n");
    drift(&repo, &["hooks", "install"]).ends(0);
    script(&repo, "commit-msg", "#!/bin/sh\n# the second\n");
    drift(&repo, &["hooks", "install"])
        .ends(2)
        .says(&["left alone", "commit-msg.drift-kept"]);
    drift(&repo, &["hooks", "uninstall"]).ends(2).says(&["took its place"]);
    let now = snapshot(&folder(&repo));
    let text = |name: &str| now.iter().find(|it| it.0 == name).unwrap().2.clone();
    assert_eq!(text("commit-msg"), b"#!/bin/sh\n# the second\n");
    assert_eq!(text("commit-msg.drift-kept"), b"#!/bin/sh\n# the first\n");
}

#[test]
fn a_hook_that_asks_for_its_own_name_stays_where_it_is() {
    let repo = project();
    let dispatcher = "#!/bin/sh\nexec .hooks.d/$(basename \"$0\") \"$@\"\n";
    script(&repo, "pre-push", dispatcher);
    drift(&repo, &["hooks", "install"])
        .ends(2)
        .says(&["asks for its own file name", "`drift hook pre-push \"$@\"`"]);
    assert_eq!(
        std::fs::read_to_string(folder(&repo).join("pre-push")).unwrap(),
        dispatcher
    );
}

#[test]
fn a_crash_between_the_two_renames_is_mended_by_the_next_install() {
    let repo = project();
    script_at(&folder(&repo).join("commit-msg.drift-kept"), "#!/bin/sh\nexit 9\n");
    drift(&repo, &["hooks", "install"]).ends(0).says(&["runs first"]);
    repo.write("src/login.py", "x\n");
    assert!(!git(&repo, &["commit", "-a", "-m", "x"]).0);
    drift(&repo, &["hooks", "uninstall"]).ends(0);
    assert!(folder(&repo).join("commit-msg").exists());
}

#[test]
fn an_optional_hook_is_installed_where_it_is_asked_for_and_then_renewed_and_removed() {
    let repo = project();
    let own = folder(&repo).join("pre-commit");
    drift(&repo, &["hooks", "install"])
        .ends(0)
        .says(&["pre-commit          optional: --with pre-commit\n"]);
    assert!(!own.exists());
    drift(&repo, &["hooks", "status"])
        .ends(0)
        .says(&["pre-commit          not installed; optional: `drift hooks install --with pre-commit`"]);
    assert_eq!(drift(&repo, &["hooks", "status"]).err, "");
    drift(&repo, &["hooks", "install", "--with", "post-merge"]).ends(2);
    drift(&repo, &["hooks", "status", "--with", "pre-commit"]).ends(2);
    script(&repo, "pre-commit", "#!/bin/sh\nexit 0\n");
    let before = snapshot(&folder(&repo));
    drift(&repo, &["hooks", "install"]).ends(0);
    assert_eq!(snapshot(&folder(&repo)), before, "nobody asked");
    drift(&repo, &["hooks", "install", "--with", "pre-commit"])
        .ends(0)
        .says(&["pre-commit          installed; the hook that was there runs first"]);
    let mut text = std::fs::read_to_string(&own).unwrap();
    text.push_str("echo older\n");
    script(&repo, "pre-commit", &text);
    drift(&repo, &["hooks", "install"])
        .ends(0)
        .says(&["pre-commit          renewed\n"]);
    drift(&repo, &["hooks", "uninstall"]).ends(0);
    assert_eq!(std::fs::read_to_string(&own).unwrap(), "#!/bin/sh\nexit 0\n");
}

#[test]
fn an_install_of_an_older_drift_is_brought_up_to_date() {
    let repo = project();
    drift(&repo, &["hooks", "install"]).ends(0);
    let now = snapshot(&folder(&repo));
    for hook in ["post-commit", "post-rewrite"] {
        let text = std::fs::read_to_string(folder(&repo).join(hook)).unwrap();
        script(
            &repo,
            hook,
            &text
                .replace("# Both hooks", "# Once, both hooks")
                .replace("exit 0 #", "exit 0 # once:"),
        );
    }
    drift(&repo, &["hooks", "status"])
        .ends(0)
        .says(&["`drift hooks install` renews it"]);
    drift(&repo, &["hooks", "install"])
        .ends(0)
        .says(&["post-commit         renewed"]);
    assert_eq!(snapshot(&folder(&repo)), now);
}
