use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check_example};
use crate::support::plan::plan;
use drift::model::Comparison;
use snapbox::{assert_data_eq, str};

fn leftover(commits: &[usize]) -> Comparison<'static> {
    let history = history(&[])
        .commit("Add login", "A src/login.rs")
        .commit("fixup! Add login", "M src/login.rs")
        .commit("squash! Add login", "M src/login.rs");
    let plan = plan().unit("U1", "Add login", &["src/login.rs"]).build();
    let mut comparison = beside(plan, history.build());
    for &commit in commits {
        comparison.commits[commit].fixup_of = Some("Add login".into());
    }
    comparison
}

#[test]
fn a_fixup_that_was_not_folded_in_is_found() {
    assert_data_eq!(
        check_example(&leftover(&[1]), "D208"),
        str![[r#"
warning[D208]: commit `3c6ef36` ("fixup! Add login") was never folded into "Add login"
  help: fold it in: `git rebase -i --autosquash main`, or accept it: `drift accept D208-adc9796b6abe --because …`
  at: commit 3c6ef36

"#]]
    );
}

#[test]
fn other_commits_are_silent() {
    assert_silent(&leftover(&[]), "D208");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&leftover(&[1]), "D208");
}

#[test]
fn two_commits_have_two_names() {
    assert_two_names(&leftover(&[1, 2]), "D208");
}
