//! Which commits stand for which units: each way a commit can be the unit's, and each way it is not.

use crate::support::history::{HistoryBuilder, history, id};
use crate::support::plan::{PlanBuilder, lane, plan};
use drift::compare::pair::{Context, Pairing, pair};
use drift::model::{History, Plan, RepoPath};
use proptest::prelude::*;

fn paired(plan: &Plan, history: &History) -> Pairing {
    let is_silent = |path: &RepoPath| path.as_bytes().starts_with(b".plan/") || path.as_bytes().ends_with(b".lock");
    pair(plan, history, &Context { is_silent: &is_silent })
}

/// The commits of each unit, numbered from 1 as the history wrote them: `U1: 1 2; U2: -`.
fn shown(plan: &Plan, pairing: &Pairing) -> String {
    let unit = |(index, it): (usize, &drift::compare::pair::UnitPairing)| {
        let commits: Vec<String> = it.commits.iter().map(|commit| (commit + 1).to_string()).collect();
        let commits = if commits.is_empty() {
            "-".into()
        } else {
            commits.join(" ")
        };
        format!("{}: {commits}", plan.unit_name(index))
    };
    pairing
        .units
        .iter()
        .enumerate()
        .map(unit)
        .collect::<Vec<_>>()
        .join("; ")
}

fn check(plan: PlanBuilder, history: HistoryBuilder, expected: &str) -> Pairing {
    let (plan, history) = (plan.build(), history.build());
    let pairing = paired(&plan, &history);
    assert_eq!(shown(&plan, &pairing), expected);
    assert_consistent(&pairing);
    pairing
}

fn assert_consistent(pairing: &Pairing) {
    for (index, unit) in pairing.units.iter().enumerate() {
        assert!(unit.commits.is_sorted_by(|a, b| a < b));
        assert_eq!(unit.commits.is_empty(), unit.confidence == 0.0);
        assert_eq!(unit.commits.is_empty(), unit.reasons.is_empty());
        assert!((0.0..=1.0).contains(&unit.confidence));
        for &commit in &unit.commits {
            assert!(pairing.commits[commit].units.contains(&index));
        }
    }
    for (index, commit) in pairing.commits.iter().enumerate() {
        for &unit in &commit.units {
            assert!(pairing.units[unit].commits.contains(&index));
        }
    }
}

#[test]
fn words_that_only_the_paths_share_are_a_reason() {
    let plan = plan().unit("1", "", &["*/aa"]).unit("2", "aa", &[]).build();
    let history = history(&[]).commit("", "A a/aa").commit("", "M a/aa").build();
    let pairing = paired(&plan, &history);
    assert_consistent(&pairing);
    let reasons = pairing.units.iter().flat_map(|unit| &unit.reasons);
    assert!(reasons.into_iter().any(|it| it == "paths share \"aa\""));
}

fn login_plan() -> PlanBuilder {
    plan().unit("U1", "Add the login form", &["src/login.rs"]).unit(
        "U2",
        "Check tokens on each request",
        &["src/token.rs"],
    )
}

fn login_history() -> HistoryBuilder {
    history(&["README.md", "Cargo.lock", ".plan/state.md"])
}

#[test]
fn declared_files_and_shared_words_pair_in_any_order() {
    let pairing = check(
        login_plan(),
        login_history()
            .commit("Reject requests without a token", "A src/token.rs")
            .commit("Show a login form", "A src/login.rs"),
        "U1: 2; U2: 1",
    );
    assert_eq!(
        pairing.units[0].reasons,
        [
            "touches src/login.rs, which U1 declares",
            "subject shares \"login\", \"form\""
        ]
    );
    assert!(pairing.units[0].confidence > 0.9);
}

#[test]
fn a_trailer_wins_over_everything_else() {
    let pairing = check(
        login_plan(),
        login_history()
            .commit("Show a login form\n\nDrift-Unit: U2", "A src/login.rs")
            .commit("More\n\nDrift-Unit: u1, U2\nDrift-Unit: U9", "M README.md"),
        "U1: 2; U2: 1 2",
    );
    assert_eq!(pairing.units[0].reasons, ["trailer Drift-Unit: U1"]);
    assert_eq!(pairing.commits[1].unknown_trailers, ["U9"]);
    assert_eq!(pairing.units[1].confidence, 1.0);
}

#[test]
fn a_trailer_can_name_the_lane() {
    let api = lane("api").unit("1", "Add the route", &[]).build();
    let web = lane("web").unit("1", "Add the page", &[]).build();
    let both = PlanBuilder(Plan::combine([api, web]));
    let pairing = check(
        both,
        login_history()
            .commit("One\n\nDrift-Unit: web/1", "A a")
            .commit("Two\n\nDrift-Unit: 1", "A b"),
        "api/1: -; web/1: 1",
    );
    assert_eq!(pairing.commits[1].unknown_trailers, ["1"]);
}

#[test]
fn other_work_stays_unpaired() {
    check(
        login_plan(),
        login_history()
            .commit("Show a login form", "A src/login.rs")
            .commit("Explain the set-up", "M README.md")
            .merge("Merge branch 'main'")
            .commit("Write down the state of the login form", "M .plan/state.md"),
        "U1: 1; U2: -",
    );
}

#[test]
fn units_share_a_commit_that_does_the_work_of_both() {
    let pairing = check(
        login_plan(),
        login_history().commit("Add login", "A src/login.rs, A src/token.rs"),
        "U1: 1; U2: 1",
    );
    assert_eq!(pairing.units[1].reasons[0], "one commit does the work of several units");
}

#[test]
fn fixups_follow_their_target() {
    let pairing = check(
        login_plan(),
        login_history()
            .commit("Show a login form", "A src/login.rs")
            .commit("Check tokens", "A src/token.rs")
            .commit("fixup! Show a login form", "A src/style.css"),
        "U1: 1 3; U2: 2",
    );
    assert_eq!(pairing.commits[2].fixup_of.as_deref(), Some("Show a login form"));
}

#[test]
fn a_small_fix_of_the_units_own_files_follows_up_on_it() {
    check(
        login_plan(),
        login_history()
            .commit("Show a login form", "A src/login.rs")
            .commit("Keep the login form on an error", "M src/login.rs")
            .commit("Check tokens", "A src/token.rs"),
        "U1: 1 2; U2: 3",
    );
}

#[test]
fn a_revert_is_no_unit_and_names_what_it_undoes() {
    let pairing = check(
        login_plan(),
        login_history()
            .commit("Show a login form", "A src/login.rs")
            .commit("Revert \"Show a login form\"", "D src/login.rs"),
        "U1: 1; U2: -",
    );
    assert_eq!(pairing.commits[1].reverts, Some(0));
}

#[test]
fn fixups_and_reverts_find_their_target_by_id_or_by_the_beginning_of_its_subject() {
    let target = id(1);
    let pairing = check(
        login_plan(),
        login_history()
            .commit("Show a login form", "A src/login.rs")
            .commit(&format!("fixup! {target}"), "M src/login.rs")
            .commit("squash! Show a login", "M src/login.rs")
            .commit(&format!("Back out\n\nThis reverts commit {target}."), "D src/login.rs")
            .commit("fixup! nothing of this range", "A src/token.rs"),
        "U1: 1 2 3; U2: 5",
    );
    assert_eq!(pairing.commits[3].reverts, Some(0));
    assert_eq!(pairing.commits[4].fixup_of.as_deref(), Some("nothing of this range"));
}

#[test]
fn a_scope_of_another_plan_speaks_against() {
    let own = plan()
        .unit("1", "Add the cache", &["src/cache.rs"])
        .lane(|lane| lane.commit_scope = Some("04-02".into()));
    check(
        own,
        login_history()
            .commit("feat(04-01): add the first cache", "A src/cache.rs")
            .commit("feat(04-02): add the cache", "M src/cache.rs")
            .commit("docs(04-02): complete cache plan", "M .plan/state.md"),
        "1: 2",
    );
}

#[test]
fn a_task_named_by_number_is_found() {
    let tasks = plan().unit("1", "Prepare", &[]).unit("2", "Finish", &[]);
    let pairing = check(
        tasks,
        login_history()
            .commit("Task 2: tidy", "M README.md")
            .commit("Task 1: begin", "M README.md"),
        "1: 2; 2: 1",
    );
    assert_eq!(pairing.units[1].reasons[0], "message names unit 2");
}

#[test]
fn the_only_commit_left_in_order_is_taken() {
    let tasks = plan()
        .unit("1", "Add the parser", &["src/parser.rs"])
        .unit("2", "Rebuild the bundle", &["dist/bundle.js"])
        .unit("3", "Describe the grammar", &["docs/grammar.md"])
        .lane(|lane| lane.commit_scope = Some("04-02".into()));
    check(
        tasks,
        login_history()
            .commit("feat(04-02): add the parser", "A src/parser.rs")
            .commit("chore(04-02): refresh the manifest", "A dist/manifest.json")
            .commit("docs(04-02): describe the grammar", "A docs/grammar.md"),
        "1: 1; 2: 2; 3: 3",
    );
}

#[test]
fn a_unit_that_only_looks_is_paired_on_explicit_evidence_only() {
    let looks = || login_plan().unit("U3", "Verify the login by hand", &[]).check_only();
    let work = || login_history().commit("Show a login form", "A src/login.rs");
    check(
        looks(),
        work().commit("Describe login", "M README.md"),
        "U1: 1; U2: -; U3: -",
    );
    check(
        looks(),
        work().commit("U3: note what was seen", "M README.md"),
        "U1: 1; U2: -; U3: 2",
    );
}

#[test]
fn twins_are_rivals() {
    let twins =
        plan()
            .unit("U1", "Adjust the table", &["src/table.rs"])
            .unit("U2", "Adjust the table", &["src/table.rs"]);
    let pairing = check(
        twins,
        history(&["src/table.rs"])
            .commit("Adjust the table", "M src/table.rs")
            .commit("Adjust the table", "M src/table.rs"),
        "U1: 1; U2: 2",
    );
    assert_eq!(
        (&pairing.units[0].rivals[..], &pairing.units[1].rivals[..]),
        (&[1][..], &[0][..])
    );
    let apart = check(
        login_plan(),
        login_history().commit("Show a login form", "A src/login.rs"),
        "U1: 1; U2: -",
    );
    assert!(apart.units[0].rivals.is_empty());
}

#[test]
fn a_declared_action_tells_creation_from_change() {
    let plan = plan()
        .unit("U1", "Start", &["CREATE src/a.rs"])
        .unit("U2", "Go on", &["MODIFY src/a.rs"]);
    check(
        plan,
        login_history().commit("x", "A src/a.rs").commit("y", "M src/a.rs"),
        "U1: 1; U2: 2",
    );
}

#[test]
fn units_of_several_lanes_are_told_apart() {
    let api = lane("api")
        .unit("1", "Add the login route", &["api/login.rs"])
        .lane(|lane| lane.commit_scope = Some("04-01".into()));
    let web = lane("web")
        .unit("1", "Add the login page", &["web/login.tsx"])
        .lane(|lane| lane.commit_scope = Some("04-02".into()));
    let both = PlanBuilder(Plan::combine([api.build(), web.build()]));
    check(
        both,
        login_history()
            .commit("feat(04-02): add login", "A web/login.tsx")
            .commit("feat(04-01): add login", "A api/login.rs"),
        "api/1: 2; web/1: 1",
    );
}

#[test]
fn a_unit_that_begins_with_tests_takes_each_step() {
    let plan = plan()
        .unit("1", "Parse events", &["src/events.rs"])
        .unit("2", "Draw events", &["src/draw.rs"]);
    let mut plan = PlanBuilder(plan.build());
    plan.0.units[0].commit_type = Some("tdd".into());
    check(
        plan,
        login_history()
            .commit("test: parse events", "A src/events.rs")
            .commit("feat: parse events", "M src/events.rs")
            .commit("refactor: parse events in one pass", "M src/events.rs")
            .commit("feat: draw events", "A src/draw.rs"),
        "1: 1 2 3; 2: 4",
    );
}

#[test]
fn a_commit_without_changes_can_be_told_by_its_words() {
    let plan = plan().unit("U1", "Measure the start-up time", &[]);
    check(plan, login_history().commit("Measure the start-up time", ""), "U1: 1");
}

#[test]
fn a_commit_that_closes_the_plan_is_no_work() {
    let plan = plan().unit("1", "Add the parser", &["src/parser.rs"]).unit(
        "2",
        "Write the summary of the parser",
        &["docs/parser.md"],
    );
    check(
        plan,
        login_history()
            .commit("feat: add the parser", "A src/parser.rs")
            .commit("docs: complete the parser plan", "M .plan/state.md, M README.md"),
        "1: 1; 2: -",
    );
}

#[test]
fn units_without_a_lane_are_paired_too() {
    let mut plan = login_plan();
    plan.0.lanes.clear();
    check(
        plan,
        login_history().commit("Show a login form", "A src/login.rs"),
        "U1: 1; U2: -",
    );
}

#[test]
fn nothing_pairs_with_nothing() {
    check(plan(), login_history().commit("x", "A y"), "");
    check(login_plan(), login_history(), "U1: -; U2: -");
}

/// A plan derived from a history: one unit a commit, with its subject and its files.
fn derived(words: &[(String, String)]) -> (PlanBuilder, HistoryBuilder) {
    let mut planned = plan();
    let mut done = login_history();
    for (index, (word, other)) in words.iter().enumerate() {
        let title = format!("{word} {other}");
        let path = format!("src/{word}{index}.rs");
        planned = planned.unit(&format!("U{}", index + 1), &title, &[&path]);
        done = done.commit(&title, &format!("A {path}"));
    }
    (planned, done)
}

fn word() -> impl Strategy<Value = String> {
    "[b-df-hj-np-tv-z]{3}[aiou][b-df-hj-np-rtv-xz]{2}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_plan_derived_from_a_history_pairs_exactly(words in prop::collection::vec((word(), word()), 1..12)) {
        let (planned, done) = derived(&words);
        let (planned, done) = (planned.build(), done.build());
        let pairing = paired(&planned, &done);
        for (index, unit) in pairing.units.iter().enumerate() {
            prop_assert_eq!(&unit.commits, &vec![index]);
        }
    }

    #[test]
    fn the_order_of_units_changes_nothing_but_indices(
        words in prop::collection::vec((word(), word()), 2..8),
        turn in 1_usize..7,
    ) {
        let (planned, done) = derived(&words);
        let (planned, done) = (planned.build(), done.build());
        let mut turned = planned.clone();
        let by = turn % turned.units.len();
        turned.units.rotate_left(by);
        let before = paired(&planned, &done);
        let after = paired(&turned, &done);
        for (index, unit) in turned.units.iter().enumerate() {
            let same = planned.units.iter().position(|it| it.id == unit.id).unwrap();
            prop_assert_eq!(&after.units[index].commits, &before.units[same].commits);
        }
    }

    #[test]
    fn the_order_of_commits_and_other_work_change_nothing_but_indices(
        words in prop::collection::vec((word(), word()), 2..8),
        turn in 1_usize..7,
    ) {
        let (planned, _) = derived(&words);
        let planned = planned.build();
        let mut done = login_history();
        for step in 0..words.len() {
            let index = (step + turn) % words.len();
            let (word, other) = &words[index];
            done = done
                .commit(&format!("{word} {other}"), &format!("A src/{word}{index}.rs"))
                .commit("Yyyy", "M README.md");
        }
        let done = done.build();
        let pairing = paired(&planned, &done);
        for (index, unit) in pairing.units.iter().enumerate() {
            let expected = 2 * ((index + words.len() - turn % words.len()) % words.len());
            prop_assert_eq!(&unit.commits, &vec![expected]);
        }
    }

    #[test]
    fn any_plan_beside_any_history_is_consistent(
        units in prop::collection::vec(("[abc ]{0,9}", prop::collection::vec("[ab*]{1,2}(/[ab*]{1,2}){0,2}", 0..3)), 0..6),
        commits in prop::collection::vec(("(fixup! |Revert \"|feat\\(01-02\\): |Task 2 )?[abc \"]{0,9}(\n\nDrift-Unit: [123], U1)?", "[ab]{1,2}/[ab]{1,2}"), 0..9),
    ) {
        let mut planned = plan().lane(|lane| lane.commit_scope = Some("01-02".into()));
        for (index, (title, files)) in units.iter().enumerate() {
            let files: Vec<&str> = files.iter().map(String::as_str).collect();
            planned = planned.unit(&(index + 1).to_string(), title, &files);
        }
        let all = ["a", "b", "aa", "ab", "ba", "bb"];
        let base: Vec<String> = all.iter().flat_map(|a| all.map(|b| format!("{a}/{b}"))).collect();
        let base: Vec<&str> = base.iter().map(String::as_str).collect();
        let mut done = history(&base);
        for (message, path) in &commits {
            done = done.commit(message, &format!("M {path}"));
        }
        let (planned, done) = (planned.build(), done.build());
        let pairing = paired(&planned, &done);
        assert_consistent(&pairing);
        prop_assert_eq!(&pairing, &paired(&planned, &done));
    }
}
