//! The options that every command takes: empty ones, those that fit no command, and DRIFT_RUN.

use crate::support::drift::{drafted_run, drift, drift_with, plan_file, project, started_run, state};

#[test]
fn what_a_command_would_ignore_is_refused_and_nothing_is_done() {
    let repo = project();
    started_run(&repo);
    let plan = plan_file(&repo);
    let before = state(&repo);
    for (arguments, option) in [
        (&["finish", "--discard", "--plan", &plan][..], "--plan"),
        (&["approve", "--yes", "--plan", &plan], "--plan"),
        (
            &["accept", "D101-0", "--because", "because I say so", "--plan", &plan],
            "--plan",
        ),
        (&["start", "--base", "main"], "--base"),
        (&["new", "another", "--target", "main"], "--target"),
        (&["init", "--run", "add-login"], "--run"),
        (&["approve", "--format", "json"], "--format"),
        (&["validate", &plan, "--base", "main"], "--base"),
        (&["list", "--run", "add-login"], "--run"),
    ] {
        drift(&repo, arguments)
            .ends(2)
            .complains(&[option, "no use", "nothing was done"]);
    }
    assert_eq!(state(&repo), before);
}

#[test]
fn an_empty_value_is_no_value() {
    let repo = project();
    for option in ["--plan", "--run", "--base", "--target"] {
        drift(&repo, &["check", option, ""])
            .ends(2)
            .complains(&[option, "value"]);
    }
    drift(&repo, &["new", "--from", ""]).ends(2).complains(&["--from"]);
}

#[test]
fn the_environment_names_a_run_until_an_option_says_otherwise() {
    let repo = project();
    let plan = plan_file(&repo);
    let (one, two) = (drafted_run(&repo), drafted_run(&repo));
    let with = |arguments: &[&str], run: &str| drift_with(&repo, arguments, &[("DRIFT_RUN", run)]);
    with(&["status"], &two).ends(0).says(&[&two]);
    with(&["status", "--run", &one], &two).ends(0).says(&[&one]);
    with(&["check", "--plan", &plan, "--base", "main"], &two)
        .ends(3)
        .says(&["unchecked"]);
    with(&["validate", &plan], "nowhere").ends(0);
    with(&["status"], "nowhere")
        .ends(2)
        .complains(&["there is no run `nowhere`"]);
    with(&["status"], "").ends(3).complains(&["more than one run"]);
}

#[test]
fn a_run_is_named_once() {
    let repo = project();
    let handle = drafted_run(&repo);
    drift(&repo, &["show", &handle, "--run", &handle])
        .ends(2)
        .complains(&["cannot be used with"]);
    drift(&repo, &["check", "--plan", "x", "--run", &handle])
        .ends(2)
        .complains(&["cannot be used with"]);
}

#[test]
fn what_is_printed_can_go_to_a_file_and_a_hyphen_is_standard_output() {
    let repo = project();
    drafted_run(&repo);
    for (arguments, told) in [
        (&["schema", "intent"][..], "drift/intent/1"),
        (&["explain", "D101"], "undeclared-file"),
        (&["completions", "bash"], "drift"),
        (&["man"], ".TH drift"),
        (&["status"], "not approved"),
        (&["list"], "draft"),
        (&["validate", "--format", "markdown"], "# drift"),
    ] {
        let to_file = [arguments, &["--output", "out/file"]].concat();
        assert_eq!(drift(&repo, &to_file).ends(0).out, "", "{arguments:?}");
        assert!(
            String::from_utf8(repo.read("out/file")).unwrap().contains(told),
            "{arguments:?}"
        );
        drift(&repo, &[arguments, &["--output", "-"]].concat())
            .ends(0)
            .says(&[told]);
    }
}

#[test]
fn a_list_and_a_draft_have_every_format_that_they_take() {
    let repo = project();
    let handle = drafted_run(&repo);
    drift(&repo, &["list", "--format", "markdown"])
        .ends(0)
        .says(&["| run | state | branch |", &handle]);
    let status = drift(&repo, &["status", "--format", "json"]).ends(0).json();
    assert_eq!(status["run"]["state"], "draft");
    assert_eq!(status["artifacts"][0]["standing"], "not approved");
}

#[test]
fn schemas_are_listed_where_none_is_named() {
    let repo = project();
    drift(&repo, &["schema"]).ends(0).says(&["intent\n", "run_report\n"]);
    drift(&repo, &["schema", "nope"])
        .ends(2)
        .complains(&["nope", "commit_plan"]);
}
