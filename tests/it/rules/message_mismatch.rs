use crate::support::comparison::{comparison, policy};
use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, MessageField, MessageMismatch};
use snapbox::{assert_data_eq, str};

fn mismatched(fields: &[(MessageField, &str, &str)]) -> Comparison<'static> {
    let plan = plan().unit("U1", "Add login", &["src/login.rs"]).build();
    let mut comparison = beside(
        plan,
        history(&[]).commit("fix(web): add login", "A src/login.rs").build(),
    );
    let mismatch = |&(field, planned, found): &(MessageField, &str, &str)| MessageMismatch {
        field,
        planned: planned.into(),
        found: vec![found.into()],
        commits: vec![0],
    };
    comparison.units[0].mismatches = fields.iter().map(mismatch).collect();
    comparison
}

#[test]
fn a_commit_of_another_type_is_found() {
    assert_data_eq!(
        check_example(&mismatched(&[(MessageField::Type, "feat", "fix")]), "D401"),
        str![[r#"
warning[D401]: unit `U1` is planned with the type `feat`, and its commit says `fix`
  help: reword the commit, or correct the plan in a new run, or accept it: `drift accept D401-2bc2f8aef56b --because …`
  at: commit 9e3779b
  see: plan.json: the type is planned here

"#]]
    );
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&mismatched(&[(MessageField::Type, "feat", "fix")]), "D401");
}

#[test]
fn type_and_scope_have_two_names() {
    let both = [
        (MessageField::Type, "feat", "fix"),
        (MessageField::Scope, "login", "web"),
    ];
    assert_two_names(&mismatched(&both), "D401");
}

#[test]
fn one_fitting_commit_or_none_that_says_a_type_is_silence() {
    for subjects in [
        &["test: add login", "FEAT(login,web): add login"][..],
        &["Add login"],
        &["fixup! fix: add login", "feat: add login"],
    ] {
        let found = of_subjects(subjects);
        assert!(!found.contains("the type"), "{subjects:?}: {found}");
    }
    assert!(of_subjects(&["fix: add login", "chore: add login"]).contains("its 2 commits say `fix` and `chore`"));
    assert!(of_subjects(&["feat(web): add login"]).contains("the scope `login`, and its commit says `web`"));
    assert_silent(&mismatched(&[]), "D401");
}

/// The findings for a unit `feat(login)` with commits of these subjects.
fn of_subjects(subjects: &[&str]) -> String {
    let mut plan = plan().unit("U1", "Add login", &["src/login.rs"]).build();
    plan.units[0].commit_type = Some("feat".into());
    plan.units[0].scope = Some("login".into());
    let start = history(&["src/login.rs"]);
    let history = subjects
        .iter()
        .fold(start, |it, subject| it.commit(subject, "M src/login.rs"))
        .build();
    let policy = policy();
    check(&comparison(&plan, &history, &policy), "D401")
}
