//! commit-msg and prepare-commit-msg under real commits of every kind.

use super::{git, said, script};
use crate::support::drift::{drift, drift_with, plan_file, project, started_run};
use crate::support::repo::Repo;

/// The project with a policy on main, a run on `work`, and the hooks installed.
fn hooked(policy: &str) -> Repo {
    let repo = project();
    repo.git(&["switch", "--quiet", "main"]);
    repo.write(".drift/config.yaml", policy);
    repo.commit("chore: a policy");
    repo.git(&["switch", "--quiet", "work"]);
    repo.git(&["reset", "--quiet", "--hard", "main"]);
    started_run(&repo);
    repo.git(&["add", "--all"]);
    repo.commit_staged("chore: the plan");
    drift(&repo, &["hooks", "install"]).ends(0);
    repo
}

const STRICT: &str = "rules: {undeclared-file: deny}\nforbidden: [vault/]\n";

fn head(repo: &Repo) -> String {
    repo.git(&["log", "-1", "--format=%B"])
}

#[test]
fn a_forbidden_file_stops_the_commit_and_says_what_settles_it() {
    let repo = hooked(STRICT);
    repo.write("vault/key", "x\n");
    repo.git(&["add", "vault"]);
    let before = repo.id("HEAD");
    let (passed, complaint) = git(&repo, &["commit", "-m", "feat: a key"]);
    assert!(!passed);
    for text in ["error[D102]", "vault/key", "help:", "DRIFT_SKIP=1"] {
        assert!(complaint.contains(text), "{complaint}");
    }
    assert_eq!(repo.id("HEAD"), before);
}

#[test]
fn an_undeclared_file_warns_or_blocks_by_its_level() {
    for (policy, passes, word) in [("", true, "warning[D101]"), (STRICT, false, "error[D101]")] {
        let repo = hooked(policy);
        repo.write("src/token.py", "x\n");
        let (passed, complaint) = git(&repo, &["commit", "-a", "-m", "feat: a token"]);
        assert_eq!(passed, passes, "{complaint}");
        assert!(
            complaint.contains(word) && complaint.contains("src/token.py"),
            "{complaint}"
        );
    }
}

#[test]
fn all_is_quiet_where_the_commit_is_as_planned() {
    let repo = hooked(STRICT);
    repo.write("src/login.py", "x\n");
    repo.git(&["add", "src"]);
    assert_eq!(
        git(&repo, &["commit", "--quiet", "-m", "feat: check the password"]),
        (true, String::new())
    );
    assert!(head(&repo).ends_with("\n\nDrift-Unit: U1"), "{}", head(&repo));
}

#[test]
fn what_is_said_of_a_commit_is_said_of_it_as_part_of_its_range() {
    let of_login = ["commit", "--quiet", "-a", "-m", "docs: more", "-m", "Drift-Unit: U1"];
    // Alone, the commit takes the file into the wrong lane; behind one of the file's own unit it does not.
    let repo = hooked("");
    repo.write("docs/usage.md", "x\n");
    let (_, complaint) = git(&repo, &of_login);
    assert!(
        complaint.contains("[D104]") && complaint.contains("[D403]"),
        "{complaint}"
    );
    let repo = hooked("");
    repo.write("docs/usage.md", "x\n");
    let own = ["commit", "--quiet", "-a", "-m", "docs: some", "-m", "Drift-Unit: U2"];
    assert_eq!(git(&repo, &own), (true, String::new()));
    repo.write("docs/usage.md", "y\n");
    let (_, complaint) = git(&repo, &of_login);
    assert!(
        !complaint.contains("[D104]") && complaint.contains("[D403]"),
        "{complaint}"
    );
    // And what came before is no reason to complain of a commit that is as planned.
    repo.write("src/login.py", "x\n");
    assert_eq!(git(&repo, &of_login), (true, String::new()));
}

#[test]
fn without_a_run_or_with_a_finished_one_it_is_silent() {
    let repo = project();
    drift(&repo, &["hooks", "install"]).ends(0);
    repo.write("src/token.py", "x\n");
    assert_eq!(
        git(&repo, &["commit", "--quiet", "-a", "-m", "x"]),
        (true, String::new())
    );
    assert_eq!(head(&repo), "x");
    let repo = hooked(STRICT);
    drift(&repo, &["finish", "--discard"]).ends(0);
    repo.write("src/token.py", "x\n");
    assert_eq!(
        git(&repo, &["commit", "--quiet", "-a", "-m", "x"]),
        (true, String::new())
    );
    repo.git(&["switch", "--quiet", "--detach"]);
    repo.write("src/token.py", "y\n");
    assert_eq!(
        git(&repo, &["commit", "--quiet", "-a", "-m", "x"]),
        (true, String::new())
    );
}

#[test]
fn the_index_that_git_named_is_the_one_that_is_judged() {
    let repo = hooked(STRICT);
    // Staged drift stays behind when a path is named.
    repo.write("src/token.py", "x\n").write("src/login.py", "x\n");
    repo.git(&["add", "src/token.py"]);
    let (passed, complaint) = git(&repo, &["commit", "-m", "feat: log in", "src/login.py"]);
    assert!(passed, "{complaint}");
    assert_eq!(repo.git(&["show", "--format=", "--name-only"]), "src/login.py");
    // What is not staged comes along with --all.
    repo.git(&["reset", "--quiet"]);
    assert!(!git(&repo, &["commit", "--all", "-m", "feat: a token"]).0);
    // And with the path named it is judged too.
    assert!(!git(&repo, &["commit", "-m", "feat: a token", "src/token.py"]).0);
}

#[test]
fn amending_keeps_the_message_and_judges_what_is_added() {
    let repo = hooked(STRICT);
    repo.write("src/login.py", "x\n");
    repo.git(&["commit", "--quiet", "-a", "-m", "feat: log in"]);
    let message = head(&repo);
    repo.write("src/login.py", "y\n");
    assert!(git(&repo, &["commit", "-a", "--amend", "--no-edit"]).0);
    assert_eq!(head(&repo), message);
    repo.write("src/token.py", "x\n");
    assert!(!git(&repo, &["commit", "-a", "--amend", "--no-edit"]).0);
}

#[test]
fn taking_drift_back_is_never_stopped() {
    let repo = hooked(STRICT);
    repo.write("src/token.py", "x\n");
    repo.git(&["commit", "--quiet", "--no-verify", "-a", "-m", "feat: a token"]);
    repo.git(&["checkout", "--quiet", "main", "--", "src/token.py"]);
    let (passed, complaint) = git(&repo, &["commit", "-m", "fix: take the token back"]);
    assert!(passed, "{complaint}");
}

#[test]
fn an_accepted_deviation_passes_also_before_it_is_committed() {
    let repo = hooked(STRICT);
    repo.write("src/token.py", "x\n");
    let (_, complaint) = git(&repo, &["commit", "-a", "-m", "feat: a token"]);
    let fingerprint = complaint
        .split("drift accept ")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap();
    repo.git(&["add", "src"]);
    drift(&repo, &["accept", fingerprint, "--because", "the login needs a token"]).ends(0);
    let (passed, complaint) = git(&repo, &["commit", "-a", "-m", "feat: a token"]);
    assert!(passed, "{complaint}");
    drift(
        &repo,
        &["accept", "D101-000000000000", "--because", "there is no such thing"],
    )
    .ends(2);
}

#[test]
fn a_linked_worktree_and_a_subfolder_are_judged_by_their_own_branch() {
    let repo = project();
    let linked = repo.beside("linked");
    let at = linked.to_str().unwrap();
    repo.git(&["worktree", "add", "--quiet", "-b", "other", at]);
    drift(&repo, &["hooks", "install"]).ends(0);
    let plan = plan_file(&repo);
    drift(&repo, &["-C", at, "new", "linked-run", "--from", &plan]).ends(0);
    drift(&repo, &["-C", at, "approve", "--yes"]).ends(0);
    drift(&repo, &["-C", at, "start"]).ends(0);
    std::fs::write(linked.join("src/token.py"), "x\n").unwrap();
    let sub = linked.join("src");
    let (passed, complaint) = said(repo.command("git").current_dir(&sub).args(["commit", "-a", "-m", "x"]));
    assert!(
        passed && complaint.contains("D101") && complaint.contains("src/token.py"),
        "{complaint}"
    );
    // The branch of the primary worktree carries no run.
    repo.write("src/token.py", "y\n");
    assert_eq!(
        git(&repo, &["commit", "--quiet", "-a", "-m", "x"]),
        (true, String::new())
    );
}

#[test]
fn a_merge_is_not_judged_by_what_others_did() {
    let repo = hooked(STRICT);
    repo.git(&["switch", "--quiet", "main"]);
    repo.write("src/token.py", "main's own\n");
    repo.commit("feat: a token on main");
    repo.git(&["switch", "--quiet", "work"]);
    repo.write("src/login.py", "x\n");
    repo.git(&["commit", "--quiet", "-a", "-m", "feat: log in"]);
    let (passed, complaint) = git(&repo, &["merge", "--quiet", "--no-ff", "--no-edit", "main"]);
    assert!(passed && !complaint.contains("D101"), "{complaint}");
    assert!(!head(&repo).contains("Drift-Unit"));
}

#[test]
fn skipping_says_so_in_one_line() {
    let repo = hooked(STRICT);
    repo.write("src/token.py", "x\n");
    let mut command = repo.command("git");
    command
        .args(["commit", "--quiet", "-a", "-m", "x"])
        .env("DRIFT_SKIP", "1");
    let (passed, complaint) = said(&mut command);
    assert_eq!(
        (passed, complaint.as_str()),
        (true, "drift: commit-msg is skipped, because DRIFT_SKIP is set\n")
    );
}

#[test]
fn an_error_of_drifts_own_lets_the_work_pass_unless_the_policy_says_closed() {
    for (policy, passes) in [("", true), ("hooks: {onError: closed}\n", false)] {
        let repo = hooked(policy);
        let handle = repo.git(&["config", "branch.work.driftRun"]);
        repo.git(&["update-ref", "-d", &format!("refs/drift/runs/{handle}")]);
        repo.write("src/login.py", "x\n");
        let (passed, complaint) = git(&repo, &["commit", "-a", "-m", "x"]);
        assert_eq!(passed, passes, "{complaint}");
        assert!(
            complaint.contains("error:") && complaint.contains(&handle),
            "{complaint}"
        );
    }
}

#[test]
fn an_earlier_hook_has_its_say_first() {
    let repo = project();
    let text = "#!/bin/sh\nprintf '%s\\n' \"$@\" >said\ngrep -q fine \"$1\" || { echo no >&2; exit 9; }\n";
    script(&repo, "commit-msg", text);
    drift(&repo, &["hooks", "install"]).ends(0);
    repo.write("src/login.py", "x\n");
    let (passed, complaint) = git(&repo, &["commit", "-a", "-m", "bad"]);
    assert!(!passed && complaint.contains("no"), "{complaint}");
    assert!(git(&repo, &["commit", "-a", "-m", "fine"]).0);
    assert_eq!(repo.read("said"), b".git/COMMIT_EDITMSG\n");
}

#[test]
fn a_trailer_that_leads_nowhere_or_elsewhere_is_said_at_once() {
    let repo = hooked("rules: {contradicting-trailer: deny}\n");
    repo.write("src/login.py", "x\n");
    let (passed, complaint) = git(&repo, &["commit", "-a", "-m", "log in\n\nDrift-Unit: U2"]);
    assert!(
        !passed && complaint.contains("error[D403]: commit in the making (\"log in\")"),
        "{complaint}"
    );
    let (passed, complaint) = git(&repo, &["commit", "-a", "-m", "log in\n\nDrift-Unit: U9"]);
    assert!(
        passed && complaint.contains("warning[D402]") && !complaint.contains("D403"),
        "{complaint}"
    );
    // What an earlier commit says is not said again.
    repo.write("docs/usage.md", "x\n");
    let (passed, complaint) = git(&repo, &["commit", "--quiet", "-a", "-m", "docs"]);
    assert_eq!((passed, complaint.as_str()), (true, ""));
}

/// Commits `src/login.py` with this editor (a shell command) and these further arguments; the commit's bytes, if any.
fn edited(repo: &Repo, editor: &str, arguments: &[&str]) -> Option<Vec<u8>> {
    repo.write("src/login.py", format!("{}\n", repo.id("HEAD")));
    repo.git(&["add", "src/login.py"]);
    let mut command = repo.command("git");
    command.env("GIT_EDITOR", editor).arg("commit").args(arguments);
    let (passed, _) = said(&mut command);
    passed.then(|| repo.git_bytes(&["log", "-1", "--format=%B"]).trim_ascii_end().to_vec())
}

fn text(bytes: Option<Vec<u8>>) -> String {
    bytes.map_or_else(
        || "no commit".into(),
        |bytes| String::from_utf8_lossy(&bytes).into_owned(),
    )
}

#[test]
fn the_proposal_stands_under_what_a_person_writes() {
    let repo = hooked("");
    let subject = "sed -i '1s/^/feat: log in/'";
    assert_eq!(text(edited(&repo, subject, &[])), "feat: log in\n\nDrift-Unit: U1");
    assert_eq!(text(edited(&repo, subject, &["-v"])), "feat: log in\n\nDrift-Unit: U1");
    repo.git(&["config", "core.commentChar", ";"]);
    assert_eq!(text(edited(&repo, subject, &["-v"])), "feat: log in\n\nDrift-Unit: U1");
    repo.git(&["config", "core.commentChar", "auto"]);
    assert_eq!(text(edited(&repo, subject, &[])), "feat: log in\n\nDrift-Unit: U1");
    repo.git(&["config", "commit.cleanup", "scissors"]);
    assert_eq!(text(edited(&repo, subject, &[])), "feat: log in\n\nDrift-Unit: U1");
}

#[test]
fn a_person_who_writes_nothing_makes_no_commit() {
    let repo = hooked("");
    let before = repo.id("HEAD");
    assert_eq!(text(edited(&repo, "true", &[])), "no commit");
    assert_eq!(text(edited(&repo, "sh -c ': >\"$1\"' -", &[])), "no commit");
    assert_eq!(repo.id("HEAD"), before);
}

#[test]
fn the_message_keeps_its_own_bytes() {
    let repo = hooked("");
    repo.git(&["config", "i18n.commitEncoding", "ISO-8859-1"]);
    let file = repo.beside("message");
    std::fs::write(&file, b"caf\xe9\r\n\r\nSigned-off-by: A <a@b>\r\n").unwrap();
    let found = edited(&repo, "false", &["--cleanup=verbatim", "-F", file.to_str().unwrap()]).unwrap();
    assert_eq!(found, b"caf\xe9\r\n\r\nSigned-off-by: A <a@b>\r\nDrift-Unit: U1");
    let found = edited(
        &repo,
        "false",
        &["--cleanup=whitespace", "-m", "subject\n\n# a heading"],
    );
    assert_eq!(text(found), "subject\n\n# a heading\n\nDrift-Unit: U1");
}

#[test]
fn nothing_is_proposed_where_it_is_not_clear() {
    let repo = hooked("");
    let message = |arguments: &[&str]| {
        repo.git(&[&["commit", "--quiet", "--no-edit"], arguments].concat());
        head(&repo)
    };
    // Two units.
    repo.write("src/login.py", "x\n").write("docs/usage.md", "x\n");
    assert_eq!(message(&["-a", "-m", "both"]), "both");
    // None.
    repo.write("src/token.py", "x\n");
    assert_eq!(message(&["-a", "-m", "none"]), "none");
    assert_eq!(message(&["--allow-empty", "-m", "empty"]), "empty");
    // One that is named already, or that is to be folded.
    repo.write("src/login.py", "y\n");
    assert_eq!(
        message(&["-a", "-m", "named\n\ndrift-unit: U1"]),
        "named\n\ndrift-unit: U1"
    );
    repo.write("src/login.py", "z\n");
    assert_eq!(message(&["-a", "--fixup=HEAD"]), "fixup! named");
    // A declared path beside others says enough.
    repo.write("src/login.py", "a\n").write("src/token.py", "y\n");
    assert_eq!(message(&["-a", "-m", "one"]), "one\n\nDrift-Unit: U1");
}

#[test]
fn a_squash_merge_keeps_the_words_of_its_commits() {
    let repo = hooked("");
    repo.git(&["switch", "--quiet", "--create", "side"]);
    repo.write("src/login.py", "x\n");
    repo.git(&["commit", "--quiet", "--no-verify", "-a", "-m", "side work"]);
    repo.git(&["switch", "--quiet", "work"]);
    repo.git(&["merge", "--quiet", "--squash", "side"]);
    repo.git(&["commit", "--quiet", "--no-edit"]);
    assert!(head(&repo).contains("side work") && !head(&repo).contains("Drift-Unit"));
}

#[test]
fn a_cherry_pick_and_a_rebase_are_no_place_to_stop() {
    let repo = hooked(STRICT);
    repo.git(&["switch", "--quiet", "--create", "side", "main"]);
    repo.write("src/login.py", "x\n");
    repo.git(&["commit", "--quiet", "-a", "-m", "side work"]);
    let picked = repo.id("HEAD");
    repo.git(&["switch", "--quiet", "work"]);
    let (passed, complaint) = git(&repo, &["cherry-pick", &picked]);
    assert!(passed, "{complaint}");
    let (passed, complaint) = git(&repo, &["rebase", "--quiet", "--force-rebase", "main"]);
    assert!(passed, "{complaint}");
}

#[test]
fn a_program_that_hands_only_the_file_on_is_answered_too() {
    let repo = hooked(STRICT);
    repo.write("src/token.py", "x\n");
    repo.git(&["add", "src"]);
    repo.write("message", "feat: a token\n");
    drift(&repo, &["hook", "commit-msg", "message"])
        .ends(1)
        .complains(&["D101"]);
    drift(&repo, &["hook", "commit-msg"])
        .ends(0)
        .complains(&["error:", "passes without having looked"]);
    drift(&repo, &["hook", "commit-msg", "nowhere"])
        .ends(0)
        .complains(&["nowhere"]);
    drift(&repo, &["hook", "update", "x"])
        .ends(2)
        .complains(&["answers no hook `update`", "pre-push"]);
    let variables = [("PRE_COMMIT_COMMIT_MSG_SOURCE", "merge")];
    repo.git(&["reset", "--quiet"]);
    repo.write("src/login.py", "x\n");
    repo.git(&["add", "src/login.py"]);
    drift_with(&repo, &["hook", "prepare-commit-msg", "message"], &variables).ends(0);
    assert_eq!(repo.read("message"), b"feat: a token\n");
    drift(&repo, &["hook", "prepare-commit-msg", "message"]).ends(0);
    assert_eq!(repo.read("message"), b"feat: a token\n\nDrift-Unit: U1\n");
}

#[test]
fn pre_commit_stops_before_a_message_is_written_and_leaves_the_rest_to_commit_msg() {
    let repo = hooked(STRICT);
    drift(&repo, &["hooks", "install", "--with", "pre-commit"]).ends(0);
    let with_editor = |variables: &[(&str, &str)], arguments: &[&str]| {
        let editor = format!("touch '{}'; sed -i 1s/^/feat/", repo.beside("edited").display());
        let mut command = repo.command("git");
        command.env("GIT_EDITOR", editor).envs(variables.iter().copied());
        let found = said(command.args(["commit", "--quiet"]).args(arguments));
        (found.0, found.1, std::fs::remove_file(repo.beside("edited")).is_ok())
    };
    repo.write("src/token.py", "x\n");
    let (passed, complaint, edited) = with_editor(&[], &["-a"]);
    assert!(!passed && !edited, "{complaint}");
    assert!(
        complaint.contains("what is staged drifts") && complaint.contains("error[D101]"),
        "{complaint}"
    );
    assert_eq!(complaint.matches("src/token.py").count(), 1, "{complaint}");
    let (passed, complaint, edited) = with_editor(&[("DRIFT_SKIP", "1")], &["-a"]);
    assert!(passed && edited);
    assert_eq!(complaint.matches("is skipped").count(), 1, "{complaint}");
    repo.write("src/login.py", "x\n");
    assert_eq!(with_editor(&[], &["-a"]), (true, String::new(), true));
    // A warning is said once, when the message is there.
    let repo = self::hooked("");
    drift(&repo, &["hooks", "install", "--with", "pre-commit"]).ends(0);
    repo.write("src/token.py", "x\n");
    let (passed, complaint) = git(&repo, &["commit", "--quiet", "-a", "-m", "feat: a token"]);
    assert!(passed, "{complaint}");
    assert_eq!(complaint.matches("warning[D101]").count(), 1, "{complaint}");
}

#[test]
fn a_branch_that_was_renamed_is_compared_as_before() {
    let repo = hooked("rules: {undeclared-file: deny}\n");
    repo.git(&["branch", "--move", "work", "login"]);
    repo.write("src/login.py", "x\n");
    assert_eq!(
        git(&repo, &["commit", "--quiet", "-a", "-m", "feat: say \"yes\" at login"]),
        (true, String::new())
    );
    drift(&repo, &["notes", "show"])
        .ends(0)
        .says(&["feat: say \"yes\" at login\n", "(compared when it was committed)"]);
    repo.write("src/other.py", "x\n");
    repo.git(&["add", "src/other.py"]);
    let (passed, complaint) = git(&repo, &["commit", "--quiet", "-m", "feat: more"]);
    assert!(!passed && complaint.contains("D101"), "{complaint}");
}
