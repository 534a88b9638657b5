use crate::support::contract::{beside, beside_changed_tests, beside_tests, contract, contract_with};
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check_example, found};
use drift::model::{ContractMode, ReadTestFile, Severity, TestFileRole};
use snapbox::{assert_data_eq, str};

const CLAUSE: &str = "CL-LOGIN-001 behavior MUST A token is returned";
const TEXT: &str = "\
describe('login', () => {
  // @clause CL-LOGIN-001
  it('works', () => { expect(f()).toBe(1) })
  it('remembers the user', () => { expect(f()).toBe(1) })
})
";
const FILE: (&str, &str) = ("tests/login.test.ts", TEXT);

#[test]
fn a_test_without_a_tag_is_found() {
    let comparison = beside_tests(contract(Some(ContractMode::Strict), &[CLAUSE]), &[FILE]);
    assert_data_eq!(
        check_example(&comparison, "D504"),
        str![[r#"
error[D504]: test `login > remembers the user` of `tests/login.test.ts` names no clause
  help: write `// @clause CL-…` on the line above it, or name it in `untaggedAllowlist` in a new run, or accept it: `drift accept D504-652552b47401 --because …`
  at: tests/login.test.ts:4

"#]]
    );
}

#[test]
fn the_mode_says_how_much_it_weighs() {
    let severity = |mode| found(&beside_tests(contract(mode, &[CLAUSE]), &[FILE]), "D504")[0].severity;
    assert_eq!(severity(Some(ContractMode::Creative)), Severity::Warning);
    assert_eq!(severity(None), Severity::Note);
}

#[test]
fn an_allowed_one_is_silent() {
    let allowed = |change: fn(&mut drift::model::TestMapping)| {
        let plan = contract_with(Some(ContractMode::Strict), &[CLAUSE], |lane| {
            change(&mut lane.contract.mapping)
        });
        beside_tests(plan, &[FILE])
    };
    assert_silent(&allowed(|mapping| mapping.allow_untagged = Some(true)), "D504");
    assert_silent(
        &allowed(|mapping| mapping.untagged = vec!["remembers *".into()]),
        "D504",
    );
    assert_eq!(
        found(&allowed(|mapping| mapping.untagged = vec!["forgets".into()]), "D504").len(),
        1
    );
}

#[test]
fn what_the_base_had_and_other_files_are_silent() {
    let plan = || contract(Some(ContractMode::Strict), &[CLAUSE]);
    assert_silent(&beside_changed_tests(plan(), FILE.0, TEXT, TEXT), "D504");
    let touched = ReadTestFile {
        file: drift::test_code::read(&FILE.0.into(), TEXT.as_bytes()),
        before: None,
        role: TestFileRole::Touched,
    };
    assert_silent(&beside(plan(), vec![touched]), "D504");
}

#[test]
fn a_name_in_brackets_is_a_tag_where_the_contract_says_so() {
    let text = "it('[CL-LOGIN-001] works', () => { expect(f()).toBe(1) })\n";
    let plan = |in_names| {
        contract_with(Some(ContractMode::Strict), &[CLAUSE], |lane| {
            lane.contract.mapping.in_names = in_names
        })
    };
    let comparison = beside_tests(plan(true), &[("a.test.ts", text)]);
    assert_silent(&comparison, "D504");
    assert_silent(&comparison, "D501");
    assert_silent(&comparison, "D505");
    assert_eq!(
        found(&beside_tests(plan(false), &[("a.test.ts", text)]), "D504").len(),
        1
    );
}

#[test]
fn an_accepted_one_is_a_note_and_two_tests_have_two_names() {
    let text = "it('a', () => { expect(f()).toBe(1) })\nit('b', () => { expect(f()).toBe(1) })\n";
    let comparison = beside_tests(contract(Some(ContractMode::Strict), &[CLAUSE]), &[("a.test.ts", text)]);
    assert_acceptable(&comparison, "D504");
    assert_two_names(&comparison, "D504");
}
