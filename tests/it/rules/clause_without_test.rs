use crate::support::contract::{beside, beside_tests, contract, contract_with};
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example, found};
use drift::model::{ContractMode, RiskLevel, Severity};
use snapbox::{assert_data_eq, str};

const FIRST: &str = "CL-LOGIN-001 behavior MUST A token is returned";
const SECOND: &str = "CL-LOGIN-002 behavior MUST A wrong password is refused";
const TESTS: (&str, &str) = (
    "tests/login.test.ts",
    "// @clause CL-LOGIN-001\nit('works', () => { expect(f()).toBe(1) })\n",
);

#[test]
fn a_clause_that_no_test_names_is_found() {
    let plan = contract(Some(ContractMode::Strict), &[FIRST, SECOND]);
    assert_data_eq!(
        check_example(&beside_tests(plan, &[TESTS]), "D501"),
        str![[r#"
error[D501]: clause `CL-LOGIN-002` (A wrong password is refused) MUST hold and has no test; 1 of 2 clauses shown
  help: write `// @clause CL-LOGIN-002` on the line above the test that shows it, or accept it: `drift accept D501-cf15c23fc14e --because …`
  at: plan.json

"#]]
    );
}

#[test]
fn a_skipped_test_and_a_hanging_tag_show_nothing() {
    let plan = contract(None, &[FIRST, SECOND]);
    let text = "// @clause CL-LOGIN-001\nit.skip('works', () => { expect(f()).toBe(1) })\n// @clause CL-LOGIN-002\n";
    assert_data_eq!(
        check(&beside_tests(plan, &[("a.test.ts", text)]), "D501"),
        str![[r#"
warning[D501]: clause `CL-LOGIN-001` (A token is returned) MUST hold and has one test, which is skipped; 0 of 2 clauses shown
  help: let the test run, or accept it: `drift accept D501-413980d91236 --because …`
  at: plan.json
  see: a.test.ts:2: works
warning[D501]: clause `CL-LOGIN-002` (A wrong password is refused) MUST hold and has no test; 0 of 2 clauses shown
  help: the tag in `a.test.ts:3` stands above no test: move it to the line above the test, or accept it: `drift accept D501-cf15c23fc14e --because …`
  at: plan.json
  see: a.test.ts:3: a tag for it

"#]]
    );
}

#[test]
fn several_tests_can_be_wanted() {
    let wanted = |for_must| {
        contract_with(Some(ContractMode::Strict), &[FIRST], |lane| {
            lane.contract.coverage.for_must = Some(for_must);
        })
    };
    assert_data_eq!(
        check(&beside_tests(wanted(2), &[TESTS]), "D501"),
        str![[r#"
error[D501]: clause `CL-LOGIN-001` (A token is returned) MUST hold and has 1 test of the 2 that are wanted; 0 of 1 clause shown
  help: write `// @clause CL-LOGIN-001` on the line above the test that shows it, or accept it: `drift accept D501-413980d91236 --because …`
  at: plan.json
  see: tests/login.test.ts:2: works

"#]]
    );
    assert_silent(&beside_tests(wanted(1), &[TESTS]), "D501");
}

#[test]
fn the_contracts_own_words_weigh() {
    let clauses = ["A-1 ui MUST x", "A-2 ui SHOULD x", "A-3 ui MAY x"];
    let weights = |mode, criticality| -> Vec<Severity> {
        let plan = contract_with(mode, &clauses, |lane| lane.contract.criticality = criticality);
        let text = "// @clause A-1\nit('works', () => { expect(f()).toBe(1) })\n".replace("A-1", "CL-X-001");
        found(&beside_tests(plan, &[("a.test.ts", &text)]), "D501")
            .iter()
            .map(|it| it.severity)
            .collect()
    };
    use Severity::{Error, Note, Warning};
    assert_eq!(weights(Some(ContractMode::Strict), None), [Error, Error, Note]);
    assert_eq!(weights(Some(ContractMode::Creative), None), [Error, Warning, Note]);
    assert_eq!(weights(None, None), [Warning, Warning, Note]);
}

#[test]
fn enough_of_a_creative_contract_leaves_the_rest_as_notes() {
    let clauses: Vec<String> = (1..=5).map(|number| format!("CL-A-00{number} ui SHOULD x")).collect();
    let clauses: Vec<&str> = clauses.iter().map(String::as_str).collect();
    let shown: String = (1..=3)
        .map(|number| format!("// @clause CL-A-00{number}\nit('t{number}', () => {{ expect(f()).toBe(1) }})\n"))
        .collect();
    let weights = |criticality| -> Vec<Severity> {
        let plan = contract_with(Some(ContractMode::Creative), &clauses, |lane| {
            lane.contract.criticality = Some(criticality)
        });
        found(&beside_tests(plan, &[("a.test.ts", &shown)]), "D501")
            .iter()
            .map(|it| it.severity)
            .collect()
    };
    assert_eq!(weights(RiskLevel::Low), [Severity::Note, Severity::Note]);
    assert_eq!(weights(RiskLevel::Medium), [Severity::Warning, Severity::Warning]);
}

#[test]
fn what_nobody_could_look_at_is_silent() {
    let plan = || contract(Some(ContractMode::Strict), &[FIRST]);
    assert_silent(
        &beside_tests(plan(), &[("a_spec.rb", "# @clause CL-LOGIN-001\nit 'works' do\nend\n")]),
        "D501",
    );
    assert_silent(&crate::support::judge::bare(plan()), "D501");
    assert_eq!(found(&beside(plan(), Vec::new()), "D501").len(), 1);
}

#[test]
fn an_accepted_one_is_a_note_and_two_clauses_have_two_names() {
    let comparison = beside_tests(contract(Some(ContractMode::Strict), &[FIRST, SECOND]), &[]);
    assert_acceptable(&comparison, "D501");
    assert_two_names(&comparison, "D501");
}
