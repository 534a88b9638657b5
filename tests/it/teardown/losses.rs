//! Work that no commit has is never thrown away untold.

use super::Linked;
use crate::support::drift::state;

/// Refused with these words and nothing changed; then allowed by `flag`.
#[track_caller]
fn refused(linked: &Linked, words: &[&str], flag: &str) {
    let before = state(&linked.repo);
    linked.finish(&[]).ends(2).complains(words).complains(&[flag]);
    linked.is_there();
    assert_eq!(state(&linked.repo), before);
    linked.finish(&[flag]).ends(0);
    linked.is_gone();
    linked.is_kept();
}

#[test]
fn changed_staged_and_untracked_files_are_listed() {
    let linked = Linked::reported();
    linked.write("src/login.py", "changed\n");
    linked.write("docs/usage.md", "staged\n");
    linked.git(&["add", "docs"]);
    linked.write("notes/idea.txt", "untracked\n");
    let words = [
        "changed: docs/usage.md, src/login.py; untracked: notes/idea.txt",
        "stash",
    ];
    refused(&linked, &words, "--force");
}

#[test]
fn ignored_files_have_a_flag_of_their_own() {
    let linked = Linked::reported();
    let exclude = linked.repo.path().join(".git/info/exclude");
    std::fs::write(exclude, "target/\n.env\n").unwrap();
    linked.write("target/debug/x", "built\n");
    linked.write(".env", "secret\n");
    refused(&linked, &["ignored: .env, target/"], "--ignored");
}

#[test]
fn the_flag_for_ignored_files_does_not_cover_others() {
    let linked = Linked::reported();
    std::fs::write(linked.repo.path().join(".git/info/exclude"), "target/\n").unwrap();
    linked.write("target/x", "built\n");
    linked.write("idea.txt", "untracked\n");
    linked
        .finish(&["--ignored"])
        .ends(2)
        .complains(&["untracked: idea.txt; ignored: target/"]);
    linked.is_there();
}

#[test]
fn changes_that_git_was_told_not_to_look_at_are_found() {
    let linked = Linked::reported();
    linked.write("src/login.py", "hidden\n");
    linked.git(&["update-index", "--assume-unchanged", "src/login.py", "README.md"]);
    linked.write("src/token.py", "hidden too\n");
    linked.git(&["update-index", "--skip-worktree", "src/token.py"]);
    assert_eq!(linked.git(&["status", "--porcelain", "src"]), "");
    refused(&linked, &["changed: src/login.py, src/token.py"], "--force");
}

#[test]
fn the_users_configuration_hides_nothing() {
    let linked = Linked::reported();
    linked.repo.git(&["config", "status.showUntrackedFiles", "no"]);
    linked.write("idea.txt", "untracked\n");
    refused(&linked, &["untracked: idea.txt"], "--force");
}

#[test]
fn a_nested_repository_is_listed() {
    let linked = Linked::reported();
    std::fs::create_dir(linked.path.join("vendor")).unwrap();
    linked.git(&["init", "--quiet", "vendor/lib"]);
    linked.write("vendor/lib/a", "a\n");
    refused(&linked, &["untracked: vendor/lib/"], "--force");
}

#[test]
fn many_files_are_counted() {
    let linked = Linked::reported();
    for number in 10..40 {
        linked.write(&format!("a{number}"), "x\n");
    }
    linked.finish(&[]).ends(2).complains(&["a10, a11,", "a17 and 22 more"]);
}

#[test]
fn drafts_that_a_record_holds_are_no_loss_and_others_are() {
    let linked = Linked::reported();
    let plan = crate::support::drift::plan_file(&linked.repo);
    let draft = super::drift_in(&linked.repo, &linked.path, &["new", "later", "--from", &plan])
        .ends(0)
        .out;
    let words = [&format!("untracked: .drift/runs/{}/commit_plan.json", draft.trim())[..]];
    linked.finish(&[]).ends(2).complains(&words);
    super::drift_in(&linked.repo, &linked.path, &["approve", "--yes", "--run", draft.trim()]).ends(0);
    std::fs::write(linked.repo.path().join(".git/info/exclude"), ".drift/\n").unwrap();
    linked.finish(&[]).ends(0);
    linked.is_gone();
}

#[test]
fn an_artifact_that_was_edited_after_its_approval_is_listed() {
    let linked = Linked::reported();
    let path = format!(".drift/runs/{}/commit_plan.json", linked.handle);
    let text = std::fs::read_to_string(linked.path.join(&path)).unwrap();
    linked.write(&path, &(text + "\n"));
    refused(&linked, &[&format!("untracked: {path}")], "--force");
}

#[test]
fn even_force_refuses_a_locked_worktree() {
    let linked = Linked::reported();
    linked.repo.git(&[
        "worktree",
        "lock",
        "--reason",
        "on a stick",
        linked.path.to_str().unwrap(),
    ]);
    linked
        .finish(&["--force"])
        .ends(2)
        .complains(&["is locked: on a stick", "git worktree unlock"]);
    linked.is_there();
    linked.repo.git(&["worktree", "unlock", linked.path.to_str().unwrap()]);
    linked.finish(&[]).ends(0);
    linked.is_gone();
}

#[test]
fn even_force_refuses_while_git_is_in_the_middle_of_something() {
    let linked = Linked::reported();
    linked.repo.write("src/login.py", "theirs\n").commit("feat: theirs");
    let merge = |arguments: &[&str]| {
        let output = linked
            .repo
            .command("git")
            .current_dir(&linked.path)
            .args(arguments)
            .output()
            .unwrap();
        assert!(!output.status.success(), "{arguments:?} does not stop");
    };
    for (begin, end, what) in [
        (&["merge", "main"][..], &["merge", "--abort"][..], "a merge"),
        (&["rebase", "main"], &["rebase", "--abort"], "a rebase"),
        (&["cherry-pick", "main"], &["cherry-pick", "--abort"], "a cherry-pick"),
    ] {
        merge(begin);
        linked.finish(&["--force"]).ends(2).complains(&[what, "is under way"]);
        linked.git(end);
        linked.is_there();
    }
    linked.git(&["bisect", "start"]);
    linked
        .finish(&["--force"])
        .ends(2)
        .complains(&["a bisection is under way"]);
    linked.git(&["bisect", "reset"]);
    linked.finish(&[]).ends(0);
}

#[test]
fn even_force_refuses_submodules_that_are_checked_out_and_others_are_no_obstacle() {
    for is_checked_out in [true, false] {
        let linked = Linked::started();
        let url = linked.repo.path().to_str().unwrap();
        let file = ["-c", "protocol.file.allow=always"];
        linked.git(&[&file[..], &["submodule", "--quiet", "add", url, "lib"]].concat());
        linked.git(&["commit", "--quiet", "--message", "build: a library"]);
        super::drift_in(&linked.repo, &linked.path, &["report", "--quiet"]);
        if is_checked_out {
            linked
                .finish(&["--force"])
                .ends(2)
                .complains(&["submodules are checked out"]);
            assert!(linked.path.exists());
        } else {
            linked.git(&["submodule", "--quiet", "deinit", "--all"]);
            let git_dir = linked.git(&["rev-parse", "--absolute-git-dir"]);
            std::fs::remove_dir_all(std::path::Path::new(&git_dir).join("modules")).unwrap();
            linked.finish(&[]).ends(0);
            linked.is_gone();
        }
    }
}
