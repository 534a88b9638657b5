use crate::support::contract::{beside_changed_tests, beside_tests, contract, contract_with};
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example};
use drift::model::ContractMode;
use snapbox::{assert_data_eq, str};

const CLAUSE: &str = "CL-LOGIN-002 behavior MUST A wrong password is refused";
const TEST: &str = "it('refuses', () => { expect(f()).toBe(1) })\n";

#[test]
fn a_tag_of_another_form_is_found() {
    let text = "\n".repeat(9) + "// @clause CL-login-2\n" + TEST;
    let comparison = beside_tests(contract(None, &[CLAUSE]), &[("tests/login.test.ts", &text)]);
    assert_data_eq!(
        check_example(&comparison, "D503"),
        str![[r#"
warning[D503]: `tests/login.test.ts` line 10: `CL-login-2` is no id of a clause
  help: write `// @clause CL-<TYPE>-<SEQUENCE>` with capitals and three digits or more, such as `// @clause CL-AUTH-001`
  at: tests/login.test.ts:10

"#]]
    );
}

#[test]
fn each_fault_says_what_settles_it() {
    let text = "// clause CL-A-001\n/* @clause CL-A-002 */\n// @clause\n// @clause CL-A-003, CL-A-004\nf() // @clause CL-A-005\n// @Clause CL-A-006\n";
    let comparison = beside_tests(contract(Some(ContractMode::Strict), &[CLAUSE]), &[("a.test.ts", text)]);
    assert_data_eq!(
        check(&comparison, "D503"),
        str![[r#"
error[D503]: `a.test.ts` line 1: `@` is missing in front of `clause`
  help: write `// @clause CL-A-001`, alone on its line
  at: a.test.ts:1
error[D503]: `a.test.ts` line 2: the tag stands in a block or documentation comment
  help: write `// @clause CL-A-002`, alone on its line
  at: a.test.ts:2
error[D503]: `a.test.ts` line 3: the tag names no clause
  help: write `// @clause CL-AUTH-001`, alone on its line
  at: a.test.ts:3
error[D503]: `a.test.ts` line 4: more stands behind the tag's id
  help: write `// @clause CL-A-003`, alone on its line; one tag a line
  at: a.test.ts:4
error[D503]: `a.test.ts` line 5: the tag stands behind code
  help: write `// @clause CL-A-005`, alone on its line
  at: a.test.ts:5
error[D503]: `a.test.ts` line 6: the tag is spelt otherwise than `@clause`
  help: write `// @clause CL-A-006`, alone on its line
  at: a.test.ts:6

"#]]
    );
}

#[test]
fn a_clause_of_another_form_is_named_by_its_own_id() {
    let plan = contract(
        Some(ContractMode::Strict),
        &["login-2 behavior MUST A wrong password is refused"],
    );
    let comparison = beside_tests(plan, &[("a.test.ts", &format!("// @clause login-2\n{TEST}"))]);
    assert_silent(&comparison, "D503");
    assert_silent(&comparison, "D501");
}

#[test]
fn a_test_of_several_clauses_is_found_where_one_is_allowed() {
    let several = format!("// @clause CL-LOGIN-001\n// @clause CL-LOGIN-002\n{TEST}");
    let plan = |allowed| {
        contract_with(None, &[CLAUSE, "CL-LOGIN-001 ui MUST x"], |lane| {
            lane.contract.mapping.allow_multiple = Some(allowed);
        })
    };
    assert_data_eq!(
        check(&beside_tests(plan(false), &[("a.test.ts", &several)]), "D503"),
        str![[r#"
warning[D503]: test `refuses` of `a.test.ts` names several clauses, and the contract allows one
  help: split the test, one clause each
  at: a.test.ts:3

"#]]
    );
    assert_silent(&beside_tests(plan(true), &[("a.test.ts", &several)]), "D503");
}

#[test]
fn what_the_base_had_is_silent() {
    let text = format!("// clause CL-LOGIN-002\n{TEST}");
    assert_silent(
        &beside_changed_tests(contract(None, &[CLAUSE]), "a.test.ts", &text, &text),
        "D503",
    );
}

#[test]
fn an_accepted_one_is_a_note_and_two_have_two_names() {
    let text = format!("// clause CL-A-001\n{TEST}// clause CL-A-002\n");
    let comparison = beside_tests(contract(Some(ContractMode::Strict), &[CLAUSE]), &[("a.test.ts", &text)]);
    assert_acceptable(&comparison, "D503");
    assert_two_names(&comparison, "D503");
}
