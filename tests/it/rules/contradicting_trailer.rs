use crate::support::comparison::{comparison, policy};
use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, Contradiction, Plan};
use snapbox::{assert_data_eq, str};

fn two_units() -> Plan {
    let plan = plan().unit("U1", "Add login", &["src/login.rs"]);
    plan.unit("U2", "Keep the session", &["src/session.rs"]).build()
}

fn contradicting(commits: &[usize]) -> Comparison<'static> {
    let history = history(&[])
        .commit("Add login", "A src/login.rs")
        .commit("Finish login", "M src/login.rs");
    let mut comparison = beside(two_units(), history.build());
    for &commit in commits {
        comparison.commits[commit].contradiction = Some(Contradiction {
            named: vec![1],
            touched: vec![0],
        });
    }
    comparison
}

#[test]
fn a_commit_on_the_files_of_another_unit_is_found() {
    assert_data_eq!(
        check_example(&contradicting(&[0]), "D403"),
        str![[r#"
warning[D403]: commit `9e3779b` ("Add login") says that it stands for unit `U2`, touches none of its files, and touches those of unit `U1`
  help: name `U1` in its `Drift-Unit` trailer, or declare the files for `U2` in a new run, or accept it: `drift accept D403-1599a1766818 --because …`
  at: commit 9e3779b
  see: plan.json: unit `U2`

"#]]
    );
}

#[test]
fn commits_on_their_own_files_are_silent() {
    assert_silent(&contradicting(&[]), "D403");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&contradicting(&[0]), "D403");
}

#[test]
fn two_commits_have_two_names() {
    assert_two_names(&contradicting(&[0, 1]), "D403");
}

#[test]
fn a_trailer_is_contradicted_only_by_the_files_of_others() {
    let policy = policy();
    let found = |message: &str, changes: &str| {
        let plan = two_units();
        let history = history(&[]).commit(message, changes).build();
        check(&comparison(&plan, &history, &policy), "D403")
    };
    assert!(found("x\n\nDrift-Unit: U2", "A src/login.rs, A src/other.rs").contains("those of unit `U1`"));
    assert_eq!(found("x\n\nDrift-Unit: U2", "A src/login.rs, A src/session.rs"), "");
    assert_eq!(found("x\n\nDrift-Unit: U1, U2", "A src/login.rs"), "");
    assert_eq!(found("x\n\nDrift-Unit: U2", "A src/other.rs"), "");
    assert_eq!(found("x", "A src/login.rs"), "");
}
