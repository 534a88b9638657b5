use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example, found};
use crate::support::plan::plan;
use drift::model::{Located, PlanLocation, Policy};
use drift::rules;
use snapbox::{assert_data_eq, str};

#[test]
fn a_title_that_fits_anything_is_found() {
    let plan = plan().unit("U1", "Clean up various things", &["src/"]).build();
    assert_data_eq!(
        check_example(&bare(plan), "D005"),
        str![[r#"
note[D005]: the title of unit `U1` says little: "Clean up various things" has `clean up` and nothing concrete
  help: name what changes: the function, the file or the behaviour
  at: plan.json

"#]]
    );
}

#[test]
fn goals_and_constraints_are_read_too() {
    let plan = plan().lane(|lane| {
        lane.goal = Some(Located {
            value: "Refactor some stuff".into(),
            location: PlanLocation::default(),
        });
        lane.constraints = vec!["Keep src/api.rs as it is, etc.".into(), "Polish as needed".into()];
    });
    let comparison = bare(plan.build());
    assert_eq!(found(&comparison, "D005").len(), 2);
    assert_two_names(&comparison, "D005");
}

#[test]
fn something_concrete_beside_it_is_enough() {
    let plan = plan()
        .unit("U1", "Refactor the token parser into two passes", &[])
        .unit("U2", "Clean up src/login.rs", &[]);
    assert_silent(&bare(plan.build()), "D005");
}

#[test]
fn the_words_can_be_set() {
    let comparison = bare(plan().unit("U1", "Überarbeiten", &[]).build());
    assert_silent(&comparison, "D005");
    let words = [("words".to_owned(), vec!["überarbeiten".to_owned()])].into();
    let policy = Policy {
        options: [("vague-wording".to_owned(), words)].into(),
        ..Policy::default()
    };
    let findings = rules::judge(&comparison, &policy, &[]).findings;
    assert_eq!(findings.iter().filter(|it| it.rule.code == "D005").count(), 1);
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&bare(plan().unit("U1", "Fix things", &[]).build()), "D005");
}
