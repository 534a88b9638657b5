use crate::support::judge::untouched;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check, check_example, of_unit};
use crate::support::plan::plan;
use drift::model::{ActionMismatch, ActionMismatchKind, Comparison, Declared, Stale, StaleKind};
use snapbox::{assert_data_eq, str};

fn stale(index: usize, kind: StaleKind, nearest: Option<&str>) -> Stale {
    let nearest = nearest.map(Into::into);
    Stale {
        declared: of_unit(0, index),
        kind,
        nearest,
    }
}

fn absent() -> Comparison<'static> {
    let mut comparison = bare(
        plan()
            .unit("U1", "Fix", &["MODIFY src/login/tokn.rs", "CREATE src/a.rs"])
            .build(),
    );
    comparison.stale = vec![stale(0, StaleKind::Absent, Some("src/login/token.rs"))];
    comparison
}

#[test]
fn a_misspelled_path_is_found() {
    assert_data_eq!(
        check_example(&absent(), "D008"),
        str![[r#"
warning[D008]: unit `U1` declares MODIFY of `src/login/tokn.rs`, which the base does not have
  help: did you mean `src/login/token.rs`? Correct the path in a new run
  at: plan.json

"#]]
    );
}

#[test]
fn what_is_there_already_and_what_names_nothing_are_found() {
    let mut comparison = bare(
        plan()
            .allows("old/**")
            .unit("U1", "Fix", &["CREATE src/a.rs", "DELETE b"])
            .build(),
    );
    let declared = Declared {
        lane: 0,
        unit: None,
        index: 0,
    };
    comparison.stale = vec![
        Stale {
            declared,
            kind: StaleKind::NoMatch,
            nearest: None,
        },
        stale(0, StaleKind::Present, None),
        stale(1, StaleKind::Absent, None),
    ];
    assert_data_eq!(
        check(&comparison, "D008"),
        str![[r#"
warning[D008]: the plan declares `old/**`, which names no file
  help: correct the pattern, or take it out in a new run
  at: plan.json
warning[D008]: unit `U1` declares CREATE of `src/a.rs`, which the base has already
  help: declare MODIFY, or another path in a new run
  at: plan.json
warning[D008]: unit `U1` declares DELETE of `b`, which the base does not have
  help: declare CREATE, or correct the path in a new run
  at: plan.json

"#]]
    );
}

#[test]
fn a_fitting_plan_is_silent() {
    assert_silent(&bare(plan().unit("U1", "Fix", &["MODIFY src/a.rs"]).build()), "D008");
}

#[test]
fn what_was_touched_none_the_less_is_a_wrong_action_only() {
    let mut comparison = absent();
    let (declared, path) = (of_unit(0, 0), "src/login/tokn.rs".into());
    comparison.actions = vec![ActionMismatch {
        declared,
        path,
        kind: ActionMismatchKind::ModifyButAbsent,
    }];
    assert_silent(&comparison, "D008");
    comparison.untouched = vec![untouched(declared)];
    assert_ne!(check(&comparison, "D008"), "");
    assert_silent(&comparison, "D107");
    assert_silent(&comparison, "D105");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&absent(), "D008");
}

#[test]
fn two_declarations_have_two_names() {
    let mut comparison = absent();
    comparison.stale.push(stale(1, StaleKind::Present, None));
    assert_two_names(&comparison, "D008");
}
