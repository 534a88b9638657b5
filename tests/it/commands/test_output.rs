//! Suites whose results are in what they print: libtest, `go test -json` and TAP, from their command to the judgement.

use crate::support::drift::{drift, project};
use crate::support::repo::Repo;
use crate::support::suites::{evidence, only_evidence, tested, trusted_run};
use serde_json::{Value, json};

/// A contract with the suite `unit` that runs `script`, and these required tests.
fn printing(script: &str, names: &[&str]) -> Value {
    let test = |(number, name): (usize, &&str)| json!({"id": format!("T{number}"), "suite": "unit", "name": name});
    json!({
        "suites": [{"id": "unit", "command": ["sh", "-c", script], "timeout": 60}],
        "tests": names.iter().enumerate().map(test).collect::<Vec<_>>(),
    })
}

/// A repository with what a real runner printed in `tests/printed`.
fn with_printed(fixture: &str) -> Repo {
    let repo = project();
    let file = format!("{}/tests/fixtures/results/{fixture}", env!("CARGO_MANIFEST_DIR"));
    repo.write("tests/printed", std::fs::read(file).unwrap())
        .commit("results");
    repo
}

/// What became of each required test, as `drift check` says.
fn statuses(repo: &Repo) -> Vec<String> {
    let report = drift(repo, &["check", "--format", "json"]).json();
    let tests = report["tests"].as_array().unwrap();
    tests
        .iter()
        .map(|it| format!("{} {}", it["name"].as_str().unwrap(), it["status"].as_str().unwrap()))
        .collect()
}

/// The counts of the only evidence: tests, passed, failed, errored, skipped.
fn counts(kept: &Value) -> [u64; 5] {
    ["tests", "passed", "failed", "errored", "skipped"].map(|it| kept["counts"][it].as_u64().unwrap_or(0))
}

#[test]
fn a_real_program_of_libtest_is_run_and_its_tests_are_judged() {
    let repo = project();
    let program = std::env::current_exe().unwrap();
    let contract = json!({
        "suites": [{"id": "unit", "command": [program, "--color", "always", "rules::stale_evidence::"], "format": "libtest"}],
        "tests": [
            {"id": "T1", "suite": "unit", "name": "rules::stale_evidence::a_dirty_worktree_is_said"},
            {"id": "T2", "suite": "unit", "name": "rules::stale_evidence::*"},
            {"id": "T3", "suite": "unit", "name": "rules::stale_evidence::a_dirty_worktree_is_sad"},
        ],
    });
    let (said, handle) = tested(&repo, &contract);
    said.ends(0).says(&[
        "unit  passed",
        "2 of 3 required tests have evidence for this tree; none for T3",
    ]);
    assert!(counts(&only_evidence(&repo, &handle))[1] >= 6);
    assert_eq!(
        statuses(&repo),
        [
            "rules::stale_evidence::a_dirty_worktree_is_said passed",
            "rules::stale_evidence::* passed",
            "rules::stale_evidence::a_dirty_worktree_is_sad not-run",
        ]
    );
}

#[test]
fn what_cargo_test_prints_is_judged_by_the_names_that_the_guide_gives() {
    let repo = with_printed("cargo-1.95.0/all.txt");
    let names = [
        "tests::adds",
        "sample::tests::nested::deeper::holds",
        "src/lib.rs - add (line 5)",
        "whole::adds",
        "tests::fails",
        "tests::slow",
        "tests::imitation",
    ];
    let mut contract = printing("cat tests/printed; exit 101", &names);
    contract["suites"][0]["format"] = "libtest".into();
    let (said, handle) = tested(&repo, &contract);
    said.ends(1).says(&[
        "unit  not passed  16 tests: 9 passed, 3 failed, 1 errored, 3 skipped; exit code 101",
        "failed   sample > tests::fails",
        "errored  aborts > the process ended without a summary: 1 of 2 tests named",
        "6 of 7 required tests have evidence for this tree; none for T6",
    ]);
    assert_eq!(counts(&only_evidence(&repo, &handle)), [16, 9, 3, 1, 3]);
    let expected = ["passed", "passed", "passed", "passed", "failed", "skipped", "not-run"];
    let expected: Vec<String> = names
        .iter()
        .zip(expected)
        .map(|(name, it)| format!("{name} {it}"))
        .collect();
    assert_eq!(statuses(&repo), expected);
}

#[test]
fn cargo_names_on_standard_error_the_program_of_the_results_on_standard_output() {
    let repo = project();
    let one = |name: &str| {
        format!(
            "echo '     Running tests/{name}.rs (target/debug/deps/{name}-0123456789abcdef)' >&2; \
             printf '\\nrunning 1 test\\ntest adds ... ok\\n\\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; \
             0 filtered out; finished in 0.00s\\n\\n'"
        )
    };
    let script = format!("{}; {}", one("first"), one("second"));
    let mut contract = printing(&script, &["first::adds", "second::adds", "adds"]);
    contract["suites"][0]["format"] = "libtest".into();
    let (said, handle) = tested(&repo, &contract);
    said.ends(0).says(&["2 tests: 2 passed", "3 of 3 required tests"]);
    let kept = only_evidence(&repo, &handle);
    let groups: Vec<&Value> = kept["tests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["groups"][0])
        .collect();
    assert_eq!(groups, ["first", "second"]);
}

#[test]
fn what_go_test_prints_is_recognised_and_judged() {
    let repo = with_printed("go-1.27.3/out.json");
    let names = [
        "TestTable/with_spaces",
        "example.com/sample/panics.TestFirst",
        "TestFails",
        "TestSkipped",
        "TestExits",
    ];
    let script = "cat tests/printed; echo 'go: downloading nothing' >&2; exit 1";
    let (said, handle) = tested(&repo, &printing(script, &names));
    said.ends(1).says(&[
        "unit  not passed  18 tests: 10 passed, 5 failed, 2 errored, 1 skipped; exit code 1",
        "errored  example.com/sample/broken > the package could not be built",
    ]);
    let kept = only_evidence(&repo, &handle);
    assert_eq!((counts(&kept), &kept["dialect"]), ([18, 10, 5, 2, 1], &"go".into()));
    let expected = ["passed", "passed", "failed", "skipped", "failed"];
    let expected: Vec<String> = names
        .iter()
        .zip(expected)
        .map(|(name, it)| format!("{name} {it}"))
        .collect();
    assert_eq!(statuses(&repo), expected);
}

#[test]
fn what_node_prints_as_tap_is_recognised_and_judged() {
    let repo = with_printed("node-20.20.2/out.tap");
    let names = [
        "passes",
        "outer > inner > holds",
        "inner > does not",
        "is skipped",
        "is parametrised with *",
    ];
    // What a runner warns of on standard error is no result, even where it looks like one.
    let script = "cat tests/printed; echo 'not ok 99 - a warning' >&2; exit 1";
    let (said, handle) = tested(&repo, &printing(script, &names));
    said.ends(1)
        .says(&["unit  not passed  11 tests: 5 passed, 3 failed, 3 skipped; exit code 1"]);
    let kept = only_evidence(&repo, &handle);
    assert_eq!((counts(&kept), &kept["dialect"]), ([11, 5, 3, 0, 3], &"tap".into()));
    let expected = ["passed", "passed", "failed", "skipped", "passed"];
    let expected: Vec<String> = names
        .iter()
        .zip(expected)
        .map(|(name, it)| format!("{name} {it}"))
        .collect();
    assert_eq!(statuses(&repo), expected);
}

#[test]
fn output_that_was_cut_off_never_passes() {
    let repo = project();
    let suite =
        |id: &str, script: &str, timeout: u32| json!({"id": id, "command": ["sh", "-c", script], "timeout": timeout});
    let mut slow = suite("slow", "printf 'running 2 tests\\ntest a ... ok\\n'; sleep 60", 1);
    slow["format"] = "libtest".into();
    let contract = json!({
        "suites": [
            slow,
            suite("short", "printf '1..3\\nok 1 - a\\nok 2 - b\\n'", 60),
            suite("bails", "printf '1..3\\nok 1 - a\\nBail out! no database\\n'; exit 255", 60),
            suite("lies", "printf '1..1\\nnot ok 1 - a\\n'", 60),
            suite("dies", "printf '{\"Action\":\"run\",\"Package\":\"p\",\"Test\":\"TestA\"}\\n'; kill -9 $$", 60),
        ],
        "tests": [{"id": "T1", "suite": "slow", "name": "a"}, {"id": "T2", "suite": "dies", "name": "TestA"}],
    });
    let (said, handle) = tested(&repo, &contract);
    said.ends(1).says(&[
        "slow   not passed  2 tests: 1 passed, 1 errored; ended after 1 s",
        "errored  the process ended without a summary: 1 of 2 tests named",
        "short  not passed  3 tests: 2 passed, 1 errored; its command ended with 0 none the less",
        "errored  the plan was not met: 3 planned, 2 ran",
        "bails  not passed  2 tests: 1 passed, 1 errored; exit code 255",
        "errored  Bail out! no database",
        "lies   not passed  1 test: 1 failed; its command ended with 0 none the less",
        "dies   not passed  1 test: 1 errored; ended by signal 9 (",
    ]);
    let all = evidence(&repo, &handle);
    assert!(
        all.iter()
            .all(|it| it["counts"]["errored"] != 0 || it["counts"]["failed"] != 0)
    );
    drift(&repo, &["check"]).ends(1).says(&[
        "the suite `slow` did not pass: it took longer than 1 s",
        "failed     T2  TestA  dies",
    ]);
}

#[test]
fn a_suite_that_prints_no_results_is_told_what_its_contract_lacks() {
    let repo = project();
    let (said, handle) = tested(&repo, &printing("echo 'Ran 1 test' >&2", &["a"]));
    said.ends(1).says(&[
        "it names no `report`, and its standard output holds no results",
        "let the command write a JUnit file, and name it as `report`",
        "0 of 1 required test has evidence",
    ]);
    assert_eq!(only_evidence(&repo, &handle)["tests"], json!([]));
    drift(&repo, &["check"])
        .ends(1)
        .says(&["error[D302]: the suite `unit` did not pass: it names no `report`"]);
}

#[test]
fn a_test_of_the_same_name_in_another_suite_is_no_evidence() {
    let repo = project();
    let suite = |id: &str| json!({"id": id, "command": ["printf", "1..1\\nok 1 - accepts\\n"]});
    let contract = json!({
        "suites": [suite("unit"), suite("slow")],
        "tests": [{"id": "T1", "suite": "slow", "name": "accepts"}],
    });
    trusted_run(&repo, &contract);
    drift(&repo, &["test", "unit"])
        .ends(0)
        .says(&["0 of 1 required test has evidence for this tree; none for T1"]);
    assert_eq!(statuses(&repo), ["accepts not-run"]);
    let said = drift(&repo, &["test", "unit", "--format", "json"]).json();
    assert_eq!(
        said["required"],
        json!({"tests": 1, "withEvidence": 0, "lacking": ["T1"]})
    );
    drift(&repo, &["test", "slow"])
        .ends(0)
        .says(&["1 of 1 required test has evidence for this tree"]);
    assert_eq!(statuses(&repo), ["accepts passed"]);
}

#[test]
fn of_two_executions_in_one_second_the_later_counts() {
    let repo = project();
    let handle = trusted_run(&repo, &printing("cat .drift/printed", &["accepts"]));
    for round in 0..6 {
        let point = if round % 2 == 0 { "not ok" } else { "ok" };
        repo.write(".drift/printed", format!("1..1\n{point} 1 - accepts\n"));
        drift(&repo, &["test"]).ends(i32::from(round % 2 == 0));
        let expected = if round % 2 == 0 {
            "accepts failed"
        } else {
            "accepts passed"
        };
        assert_eq!(statuses(&repo), [expected], "round {round}");
    }
    assert_eq!(evidence(&repo, &handle).len(), 6);
}

#[test]
fn tests_of_changes_that_are_not_committed_say_when_they_will_count() {
    let repo = project();
    trusted_run(&repo, &printing("printf '1..1\\nok 1 - accepts\\n'", &["accepts"]));
    let words = "tested with changes that are not committed: this counts once a commit holds the same";
    let said = drift(&repo, &["test"]).ends(0);
    assert!(!said.out.contains(words), "{}", said.out);
    repo.write("src/login.py", "changed\n");
    drift(&repo, &["test"]).ends(0).says(&[words]);
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: change it");
    assert_eq!(statuses(&repo), ["accepts passed"]);
}

#[test]
fn the_log_of_the_run_says_why_a_suite_did_not_pass() {
    let repo = project();
    let suite = |id: &str, script: &str| json!({"id": id, "command": ["sh", "-c", script]});
    let contract = json!({"suites": [
        suite("all", "printf '1..1\\nok 1 - a\\n'"),
        suite("some", "printf '1..2\\nok 1 - a\\nok 2 - b # SKIP later\\n'"),
        suite("exits", "printf '1..1\\nok 1 - a\\n'; exit 7"),
        suite("empty", "printf '1..0\\n'"),
        suite("writes", "printf '1..1\\nok 1 - a\\n'; echo more >> src/login.py"),
    ]});
    let (said, handle) = tested(&repo, &contract);
    said.ends(1);
    let log = repo.git(&[
        "log",
        "-5",
        "--reverse",
        "--format=%s",
        &format!("refs/drift/runs/{handle}"),
    ]);
    assert_eq!(
        log.lines().collect::<Vec<_>>(),
        [
            "tested: all passed, 1 test",
            "tested: some passed, 1 of 2 tests",
            "tested: exits did not pass, exit code 7, though no test failed",
            "tested: empty did not pass, no test ran",
            "tested: writes did not pass, its tests changed the worktree",
        ]
    );
}
