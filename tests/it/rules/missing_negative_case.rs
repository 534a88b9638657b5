use crate::support::contract::{beside_tests, contract, contract_with};
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example, found};
use drift::model::ContractMode;
use snapbox::{assert_data_eq, str};

const CLAUSE: &str = "CL-LOGIN-002 error MUST A wrong password is refused";

fn undescribed(clauses: &[&str]) -> drift::model::Plan {
    contract_with(Some(ContractMode::Strict), clauses, |lane| {
        lane.clauses
            .iter_mut()
            .for_each(|clause| clause.negative_cases = Some(Vec::new()));
    })
}

fn tagged(body: &str) -> (&'static str, String) {
    (
        "tests/login.test.ts",
        format!("// @clause CL-LOGIN-002\nit('answers', () => {{ {body} }})\n"),
    )
}

fn tested(body: &str) -> String {
    let (path, text) = tagged(body);
    check(&beside_tests(contract(None, &[CLAUSE]), &[(path, &text)]), "D506")
}

#[test]
fn a_clause_about_errors_without_a_case_is_found() {
    let comparison = beside_tests(undescribed(&[CLAUSE]), &[]);
    assert_data_eq!(
        check_example(&comparison, "D506"),
        str![[r#"
error[D506]: clause `CL-LOGIN-002` (A wrong password is refused) is about errors and names no negative case
  help: write down what must be refused, in `negativeCases` in a new run, or accept it: `drift accept D506-aac911c6133c --because …`
  at: plan.json

"#]]
    );
}

#[test]
fn a_test_that_says_nothing_of_failure_is_found() {
    assert_data_eq!(
        tested("expect(login('a')).toBe(1)"),
        str![[r#"
warning[D506]: clause `CL-LOGIN-002` (A wrong password is refused) is about errors, and its test says nothing of failure
  help: test what must be refused, and how it is refused, or accept it: `drift accept D506-aac911c6133c --because …`
  at: plan.json
  see: tests/login.test.ts:2: answers

"#]]
    );
    for body in [
        "expect(() => login('a')).toThrow()",
        "expect(response.status).toBe(401)",
        "expect(body.code).toBe('AUTH_INVALID')",
    ] {
        assert_eq!(tested(body), "", "{body}");
    }
}

#[test]
fn how_many_are_wanted_can_be_said() {
    let plan = |wanted| contract_with(None, &[CLAUSE], |lane| lane.contract.coverage.negative = Some(wanted));
    let (path, text) = tagged("expect(response.status).toBe(401)");
    assert_eq!(found(&beside_tests(plan(2), &[(path, &text)]), "D506").len(), 1);
    let (path, text) = tagged("expect(login('a')).toBe(1)");
    assert_silent(&beside_tests(plan(0), &[(path, &text)]), "D506");
}

#[test]
fn other_kinds_and_forms_without_a_place_for_cases_are_silent() {
    assert_silent(&beside_tests(undescribed(&["CL-A-001 behavior MUST x"]), &[]), "D506");
    assert_silent(&beside_tests(contract(None, &[CLAUSE]), &[]), "D506");
}

#[test]
fn an_accepted_one_is_a_note_and_two_clauses_have_two_names() {
    let comparison = beside_tests(undescribed(&[CLAUSE, "CL-LOGIN-003 security MUST x"]), &[]);
    assert_acceptable(&comparison, "D506");
    assert_two_names(&comparison, "D506");
}
