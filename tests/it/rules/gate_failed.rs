use crate::support::evidence::{compared, contract, execution};
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example};
use drift::model::{Comparison, Evidence, Gates};
use snapbox::{assert_data_eq, str};

fn of(gates: Gates, evidence: Vec<Evidence>) -> Comparison<'static> {
    let mut plan = contract(&[]);
    plan.lanes[0].gates = gates;
    compared(plan, evidence)
}

fn all_pass() -> Gates {
    Gates {
        min_pass_rate: Some(1.0),
        ..Gates::default()
    }
}

fn forty(bad: usize) -> Evidence {
    let names: Vec<String> = (0..40)
        .map(|number| format!("test {number}{}", if number < bad { "!" } else { "" }))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    execution(1, 0, &names)
}

#[test]
fn too_few_that_passed_are_found() {
    assert_data_eq!(
        check_example(&of(all_pass(), vec![forty(2)]), "D305"),
        str![[r#"
error[D305]: 38 of 40 tests passed (95 %), and the contract asks for 100 %
  help: mend what fails, or change `minPassRate` in a new run, or accept it: `drift accept D305-cb82c3c6eb91 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn too_many_skipped_and_flaky_ones_are_found() {
    let gates = Gates {
        min_pass_rate: Some(0.5),
        max_skipped: Some(0),
        max_flaky: Some(0),
    };
    let comparison = of(gates, vec![execution(1, 0, &["a~", "b^", "c"])]);
    assert_data_eq!(
        check(&comparison, "D305"),
        str![[r#"
error[D305]: 1 test was skipped, and the contract allows 0
  help: mend what is skipped, or change `maxSkipped` in a new run, or accept it: `drift accept D305-793507c72e88 --because …`
  at: test_contract.json
error[D305]: 1 test both failed and passed, and the contract allows 0
  help: mend what is flaky, or change `maxFlaky` in a new run, or accept it: `drift accept D305-0a87766a22f4 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn flaky_by_two_executions_counts_too() {
    let gates = Gates {
        max_flaky: Some(0),
        ..Gates::default()
    };
    let comparison = of(gates, vec![execution(1, 0, &["a!"]), execution(1, 1, &["a"])]);
    assert!(check(&comparison, "D305").contains("1 test both failed and passed"));
}

#[test]
fn gates_that_are_kept_or_have_nothing_to_be_held_against_are_silent() {
    assert_silent(&of(all_pass(), vec![forty(0)]), "D305");
    assert_silent(&of(all_pass(), vec![execution(1, 0, &["a~"])]), "D305");
    assert_silent(&of(all_pass(), vec![execution(2, 0, &["a!"])]), "D305");
    assert_silent(&of(all_pass(), Vec::new()), "D305");
    let nearly = Gates {
        min_pass_rate: Some(0.95),
        ..Gates::default()
    };
    assert_silent(&of(nearly, vec![forty(2)]), "D305");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&of(all_pass(), vec![forty(1)]), "D305");
}

#[test]
fn two_gates_have_two_names() {
    let gates = Gates {
        max_skipped: Some(0),
        ..all_pass()
    };
    assert_two_names(&of(gates, vec![execution(1, 0, &["a~", "b!"])]), "D305");
}
