use crate::support::drift::{drift, project, started_run};
use crate::support::repo::Repo;
use crate::support::suites::{
    evidence, one_suite, only_evidence, run_with, tested, tested_with, trusted_run, writes_junit,
};
use serde_json::{Value, json};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// What `drift test` makes of a suite with this script and a JUnit report: its exit code and output, and the evidence.
#[track_caller]
fn of_script(script: &str, code: i32) -> (String, Value) {
    let repo = project();
    let (said, handle) = tested(&repo, &one_suite(script));
    let said = said.ends(code);
    (said.out, only_evidence(&repo, &handle))
}

/// Whether a process of this marked command line is alive.
fn is_alive(mark: &str) -> bool {
    let mark = mark.as_bytes();
    let entries = std::fs::read_dir("/proc").unwrap();
    entries.flatten().any(|entry| {
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let status = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        line.windows(mark.len()).any(|it| it == mark) && !status.contains(") Z ")
    })
}

#[test]
fn a_suite_that_passes_is_kept_as_evidence_on_the_record() {
    let repo = project();
    let script = format!(
        "echo out; echo err >&2; {}",
        writes_junit(".drift/out.xml", &["rejects", "accepts"])
    );
    let (said, handle) = tested(&repo, &one_suite(&script));
    said.ends(0).says(&[
        "unit  passed      2 tests: 2 passed",
        "1 of 1 required test has evidence for this tree",
    ]);
    let kept = only_evidence(&repo, &handle);
    assert_eq!(kept["schema"], "drift/evidence/1");
    assert_eq!(kept["execution"]["argv"], json!(["sh", "-c", script]));
    assert_eq!(kept["execution"]["exitCode"], 0);
    assert_eq!(kept["execution"]["log"]["size"], 8);
    assert_eq!(kept["counts"]["passed"], 2);
    assert_eq!(
        kept["tests"][0],
        json!({"groups": ["login"], "name": "rejects", "outcome": "passed"})
    );
    assert_eq!(kept["tree"]["commit"], repo.id("HEAD"));
    assert_eq!(kept["tree"]["before"], repo.id("HEAD^{tree}"));
    assert_eq!(kept["tree"]["dirty"], false);
    let subject = repo.git(&["log", "-1", "--format=%s", &format!("refs/drift/runs/{handle}")]);
    assert_eq!(subject, "tested: unit passed, 2 tests");
}

#[test]
fn evidence_is_what_its_schema_says() {
    let (_, kept) = of_script(&writes_junit(".drift/out.xml", &["rejects", "accepts!", "waits~"]), 1);
    let schema = drift::report::schema("evidence").unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap().validate(&kept).unwrap();
}

#[test]
fn nothing_runs_that_was_not_trusted() {
    let repo = project();
    let handle = run_with(&repo, &one_suite("touch ran"));
    drift(&repo, &["test"])
        .ends(2)
        .complains(&["not trusted on this machine", "`drift trust --run"]);
    assert!(!repo.path().join("ran").exists());
    assert!(evidence(&repo, &handle).is_empty());
}

#[test]
fn a_test_that_fails_is_told_with_its_reason() {
    let (out, kept) = of_script(
        &format!("{}; exit 1", writes_junit(".drift/out.xml", &["rejects", "accepts!"])),
        1,
    );
    assert!(
        out.contains("unit  not passed  2 tests: 1 passed, 1 failed; exit code 1"),
        "{out}"
    );
    assert!(out.contains("failed   login > accepts\n           no way"), "{out}");
    assert_eq!(kept["tests"][1]["message"], "no way");
}

#[test]
fn a_command_that_fails_though_no_test_does_has_not_passed() {
    let (out, _) = of_script(&format!("{}; exit 7", writes_junit(".drift/out.xml", &["rejects"])), 1);
    assert!(out.contains("exit code 7, though no test failed"), "{out}");
}

#[test]
fn a_suite_without_a_test_has_not_passed() {
    let (out, kept) = of_script(&writes_junit(".drift/out.xml", &[]), 1);
    assert!(out.contains("not passed  no test ran"), "{out}");
    assert_eq!(kept["counts"]["tests"], 0);
}

#[test]
fn a_report_of_yesterday_is_not_a_result() {
    let repo = project();
    repo.write(".gitignore", "/out.xml\n").commit("ignore");
    let mut contract = one_suite("true");
    contract["suites"][0]["report"] = "out.xml".into();
    let handle = trusted_run(&repo, &contract);
    repo.write("out.xml", "<testsuite><testcase name=\"login > rejects\"/></testsuite>");
    drift(&repo, &["test"])
        .ends(1)
        .says(&["`out.xml` is from before the tests ran, and they wrote none"]);
    let kept = only_evidence(&repo, &handle);
    assert_eq!(kept["counts"]["tests"], 0);
    assert!(repo.path().join("out.xml").exists(), "what lies there is left alone");
}

#[test]
fn a_report_that_is_written_anew_with_the_same_content_is_one() {
    let repo = project();
    repo.write(".gitignore", "/out.xml\n").commit("ignore");
    let mut contract = one_suite(&writes_junit("out.xml", &["rejects"]));
    contract["suites"][0]["report"] = "out.xml".into();
    trusted_run(&repo, &contract);
    drift(&repo, &["test"]).ends(0);
    drift(&repo, &["test"]).ends(0);
}

#[test]
fn a_report_that_is_missing_or_broken_is_said_and_no_result() {
    let (out, kept) = of_script("true", 1);
    assert!(out.contains("the tests wrote no `.drift/out.xml`"), "{out}");
    assert_eq!(kept["unreadable"], "the tests wrote no `.drift/out.xml`");
    let (out, kept) = of_script(
        "mkdir -p .drift; echo '<testsuite><testcase name=\"a\"/>' > .drift/out.xml",
        1,
    );
    assert!(out.contains("`.drift/out.xml`: "), "{out}");
    assert_eq!(kept["tests"], json!([]));
}

#[test]
fn the_reports_of_a_pattern_are_read_together() {
    let repo = project();
    let (one, two) = (
        writes_junit(".drift/r/a.xml", &["rejects"]),
        writes_junit(".drift/r/b/c.xml", &["accepts"]),
    );
    let mut contract = one_suite(&format!(
        "mkdir -p .drift/r/b; {one}; {two}; echo no > .drift/r/notes.txt"
    ));
    contract["suites"][0]["report"] = ".drift/r/**/*.xml".into();
    let (said, _) = tested(&repo, &contract);
    said.ends(0).says(&["2 tests: 2 passed"]);
}

#[test]
fn tests_that_change_the_tree_have_not_passed() {
    let script = format!(
        "{}; echo more >> src/login.py; echo new > left.txt",
        writes_junit(".drift/out.xml", &["rejects"])
    );
    let (out, kept) = of_script(&script, 1);
    assert!(
        out.contains("the tests changed the worktree: left.txt, src/login.py"),
        "{out}"
    );
    assert_eq!(kept["execution"]["changedPaths"], json!(["left.txt", "src/login.py"]));
    assert_ne!(kept["tree"]["before"], kept["tree"]["after"]);
}

#[test]
fn standard_input_is_closed() {
    let started = Instant::now();
    let (out, _) = of_script(
        &format!("cat; read line; {}", writes_junit(".drift/out.xml", &["rejects"])),
        0,
    );
    assert!(out.contains("passed"), "{out}");
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[test]
fn fifty_megabytes_of_output_are_hashed_and_not_kept() {
    let repo = project();
    let script = format!(
        "head -c 52428800 /dev/zero; {}",
        writes_junit(".drift/out.xml", &["rejects"])
    );
    let mut contract = one_suite(&script);
    // A build for testing takes its time to hash so much.
    contract["suites"][0]["timeout"] = 600.into();
    let handle = trusted_run(&repo, &contract);
    drift(&repo, &["--quiet", "test"]).ends(0);
    let kept = only_evidence(&repo, &handle);
    let log = &kept["execution"]["log"];
    assert_eq!(log["size"], 52_428_800);
    assert_eq!(log["sha256"], sha256_of_zeros());
    assert!(kept.to_string().len() < 200_000);
}

/// SHA-256 over 50 MiB of zeros.
fn sha256_of_zeros() -> String {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    for _ in 0..50 {
        hash.update(vec![0; 1 << 20]);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn output_that_is_no_utf_8_is_shown_and_kept_as_far_as_it_can_be() {
    let repo = project();
    let script = format!(
        "printf 'caf\\351 \\033]0;title\\007 end\\n'; {}",
        writes_junit(".drift/out.xml", &["rejects"])
    );
    let (said, handle) = tested(&repo, &one_suite(&script));
    let said = said.ends(0).complains(&["caf\u{fffd}"]);
    assert!(
        !said.err.contains('\u{1b}') && !said.err.contains('\u{7}'),
        "{:?}",
        said.err
    );
    let log = &only_evidence(&repo, &handle)["execution"]["log"];
    assert!(log["head"].as_str().unwrap().starts_with("caf\u{fffd}"));
}

#[test]
fn a_program_that_is_not_there_or_not_executable_is_an_error_and_no_evidence() {
    let repo = project();
    repo.write("tests/run", "not a program").commit("tests");
    let contract = json!({"suites": [
        {"id": "absent", "command": ["drift-no-such-program", "x"]},
        {"id": "plain", "command": ["./tests/run"]},
        {"id": "unit", "command": ["sh", "-c", writes_junit(".drift/out.xml", &["a"])], "report": ".drift/out.xml"},
    ]});
    let (said, handle) = tested(&repo, &contract);
    said.ends(2).says(&[
        "absent  not run     there is no program `drift-no-such-program` on the PATH",
        "plain   not run     `./tests/run` is not executable",
        "unit    passed",
    ]);
    assert_eq!(only_evidence(&repo, &handle)["suite"], "unit");
}

#[test]
fn what_takes_too_long_is_ended_with_all_that_it_started() {
    let repo = project();
    let mark = format!("drift-marked-{}", std::process::id());
    // A daemon that left the group and the session, and does not listen to SIGTERM.
    let daemon =
        format!("setsid sh -c 'trap \"\" TERM HUP; sh -c \"sleep 300; : {mark}\"' </dev/null >/dev/null 2>&1 &");
    let mut contract = one_suite(&format!("{daemon} echo waiting; sleep 200"));
    contract["suites"][0]["timeout"] = 1.into();
    let handle = trusted_run(&repo, &contract);
    let started = Instant::now();
    drift(&repo, &["test"])
        .ends(1)
        .says(&["ended after 1 s, all that its contract allows"])
        .complains(&["waiting", "behind, ended now"]);
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    assert!(!is_alive(&mark), "the daemon lives on");
    assert_eq!(only_evidence(&repo, &handle)["execution"]["timedOutAfter"], 1);
}

#[test]
fn a_daemon_does_not_outlive_a_suite_that_passed_nor_hold_it_up() {
    let repo = project();
    let mark = format!("drift-daemon-{}", std::process::id());
    // It holds the suite's own output open.
    let daemon = format!("(setsid sh -c 'trap \"\" TERM; sleep 301; : {mark}' &)");
    let script = format!("{daemon}; {}", writes_junit(".drift/out.xml", &["rejects"]));
    let started = Instant::now();
    let (said, _) = tested(&repo, &one_suite(&script));
    said.ends(0).complains(&["behind, ended now"]);
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    assert!(!is_alive(&mark), "the daemon lives on");
}

#[test]
fn ctrl_c_ends_the_tests_and_leaves_no_evidence() {
    let repo = project();
    let mark = format!("drift-interrupted-{}", std::process::id());
    let script = format!(
        "{}; sh -c 'sleep 302; : {mark}'",
        writes_junit(".drift/out.xml", &["rejects"])
    );
    let handle = trusted_run(&repo, &one_suite(&script));
    let child = repo
        .command(env!("CARGO_BIN_EXE_drift"))
        .args(["test"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while !is_alive(&mark) && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let id = i32::try_from(child.id()).unwrap();
    rustix::process::kill_process(
        rustix::process::Pid::from_raw(id).unwrap(),
        rustix::process::Signal::INT,
    )
    .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(130),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(String::from_utf8_lossy(&output.stderr).contains("interrupted"));
    assert!(!is_alive(&mark), "the test lives on");
    assert!(evidence(&repo, &handle).is_empty());
}

#[test]
fn a_suite_runs_at_the_top_with_nothing_of_git_in_its_environment() {
    let repo = project();
    let script = format!(
        "pwd > .drift/where; env | grep -c '^GIT_\\(DIR\\|INDEX_FILE\\|WORK_TREE\\)=' > .drift/count; {}",
        writes_junit(".drift/out.xml", &["rejects"])
    );
    let handle = trusted_run(&repo, &one_suite(&format!("mkdir -p .drift; {script}")));
    drift(&repo, &["-C", "src", "test"]).ends(0);
    let top = repo.path().display().to_string();
    let read = |name: &str| String::from_utf8(repo.read(name)).unwrap().trim().to_owned();
    assert_eq!(read(".drift/where"), top);
    // As inside of a hook of a linked worktree.
    let git_dir = repo.path().join(".git").display().to_string();
    let index = repo.path().join(".git/index").display().to_string();
    let hook = [("GIT_DIR", git_dir.as_str()), ("GIT_INDEX_FILE", index.as_str())];
    tested_with(&repo, &hook).ends(0);
    assert_eq!(read(".drift/count"), "0");
    let all = evidence(&repo, &handle);
    assert_eq!(all.len(), 2);
    assert_eq!(all[0]["tree"], all[1]["tree"]);
}

#[test]
fn a_linked_worktree_tests_its_own_content() {
    let repo = project();
    let handle = trusted_run(&repo, &one_suite(&writes_junit(".drift/out.xml", &["rejects"])));
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "--quiet", "-b", "other", linked.to_str().unwrap()]);
    std::fs::write(linked.join("src/new.py"), "new\n").unwrap();
    let said = drift(&repo, &["-C", linked.to_str().unwrap(), "--run", &handle, "test"]).ends(0);
    said.complains(&["`other` is checked out, and the run works on `work`"]);
    assert!(linked.join(".drift/out.xml").exists() && !repo.path().join(".drift/out.xml").exists());
    let kept = only_evidence(&repo, &handle);
    assert_eq!(kept["tree"]["dirty"], true);
    assert_ne!(kept["tree"]["before"], repo.id("HEAD^{tree}"));
}

#[test]
fn the_evidence_of_a_dirty_worktree_is_of_the_tree_that_a_commit_of_it_has() {
    let repo = project();
    let handle = trusted_run(&repo, &one_suite(&writes_junit(".drift/out.xml", &["rejects"])));
    repo.write("src/login.py", "changed\n").write("src/more.py", "new\n");
    drift(&repo, &["test"]).ends(0);
    let kept = only_evidence(&repo, &handle);
    assert_eq!(
        (&kept["tree"]["dirty"], &kept["tree"]["commit"]),
        (&true.into(), &repo.id("HEAD").into())
    );
    repo.git(&["add", "--all", "--", ":!.drift"]);
    repo.commit_staged("as tested");
    assert_eq!(kept["tree"]["before"], repo.id("HEAD^{tree}"));
}

#[test]
fn one_suite_can_be_named_and_a_wrong_name_finds_the_right_one() {
    let repo = project();
    let suite = |id: &str| {
        let report = format!(".drift/{id}.xml");
        json!({"id": id, "command": ["sh", "-c", writes_junit(&report, &["a"])], "report": report})
    };
    let handle = trusted_run(&repo, &json!({"suites": [suite("unit"), suite("lint")]}));
    drift(&repo, &["test", "unt"])
        .ends(2)
        .complains(&["has no suite `unt`", "did you mean unit?"]);
    assert!(evidence(&repo, &handle).is_empty());
    drift(&repo, &["test", "lint"]).ends(0);
    assert_eq!(only_evidence(&repo, &handle)["suite"], "lint");
}

#[test]
fn where_there_is_nothing_to_run_that_is_said() {
    let repo = project();
    started_run(&repo);
    drift(&repo, &["test"])
        .ends(3)
        .complains(&["names no suite, so nothing was run"]);
    drift(&repo, &["trust", "--yes"]).ends(2).complains(&["names no suite"]);
    let repo = Repo::new();
    repo.commit_file("a", "a");
    drift(&repo, &["test"])
        .ends(3)
        .complains(&["there is no run to look at"]);
}

#[test]
fn a_run_that_was_not_started_tests_nothing() {
    let repo = project();
    crate::support::drift::drafted_run(&repo);
    drift(&repo, &["test"]).ends(2).complains(&["has not been started"]);
}

#[test]
fn programs_can_read_what_came_of_it() {
    let repo = project();
    trusted_run(
        &repo,
        &one_suite(&writes_junit(".drift/out.xml", &["rejects", "accepts!"])),
    );
    let said = drift(&repo, &["--format", "json", "test"]).ends(1).json();
    assert_eq!(said["suites"][0]["passed"], false);
    assert_eq!(said["suites"][0]["counts"]["failed"], 1);
    assert_eq!(said["required"], json!({"tests": 1, "withEvidence": 1, "lacking": []}));
}

#[test]
fn more_tests_than_a_record_keeps_are_counted_and_the_promised_ones_are_kept() {
    let repo = project();
    let script = "mkdir -p .drift; { printf '<testsuite name=\"s\">'; i=0; while [ $i -lt 40000 ]; do \
                  echo \"<testcase classname='some.rather.long.name.of.a.class' name='case number $i'/>\"; i=$((i+1)); done; \
                  printf '<testcase classname=\"login\" name=\"rejects\"/></testsuite>'; } > .drift/out.xml";
    let (said, handle) = tested(&repo, &one_suite(script));
    said.ends(0).says(&[
        "40001 tests: 40001 passed",
        "tests more than a record keeps by name are counted only",
    ]);
    let kept = only_evidence(&repo, &handle);
    assert_eq!(kept["counts"]["tests"], 40_001);
    assert!(kept["leftOut"]["passed"].as_u64().unwrap() > 1000);
    let tests = kept["tests"].as_array().unwrap();
    assert!(tests.iter().any(|test| test["name"] == "rejects"));
}
