use crate::support::contract::{beside, beside_changed_tests, beside_tests, contract};
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example, found};
use drift::model::{ContractMode, ReadTestFile, TestFileRole};
use snapbox::{assert_data_eq, str};

const CLAUSE: &str = "CL-LOGIN-002 behavior MUST A wrong password is refused";
const CONSTANT: &str = "// @clause CL-LOGIN-002\nit('refuses a wrong password', () => { expect(true).toBe(true) })\n";

fn plan() -> drift::model::Plan {
    contract(Some(ContractMode::Strict), &[CLAUSE])
}

#[test]
fn a_test_over_constants_is_found() {
    let comparison = beside_tests(plan(), &[("tests/login.test.ts", CONSTANT)]);
    assert_data_eq!(
        check_example(&comparison, "D507"),
        str![[r#"
error[D507]: test `refuses a wrong password` of `tests/login.test.ts` can't fail: it asserts only constants
  help: let it assert what the clause promises, or accept it: `drift accept D507-ac188f54b796 --because …`
  at: tests/login.test.ts:2

"#]]
    );
}

#[test]
fn each_way_of_showing_nothing_is_named() {
    let text = "it('a', () => {})\nit('b', () => { run() })\nit('c', () => { expect(f()).toMatchSnapshot() })\n";
    assert_data_eq!(
        check(&beside_tests(plan(), &[("a.test.ts", text)]), "D507"),
        str![[r#"
error[D507]: test `a` of `a.test.ts` can't fail: it is empty
  help: let it assert what the clause promises, or accept it: `drift accept D507-5a228586d041 --because …`
  at: a.test.ts:1
error[D507]: test `b` of `a.test.ts` can't fail: nothing in it asserts
  help: let it assert what the clause promises, or accept it: `drift accept D507-4c8ea8815cae --because …`
  at: a.test.ts:2
error[D507]: test `c` of `a.test.ts` can't fail: it only compares with a snapshot that it writes itself
  help: let it assert what the clause promises, or accept it: `drift accept D507-7a48559af424 --because …`
  at: a.test.ts:3

"#]]
    );
}

#[test]
fn tests_that_can_fail_and_those_to_be_written_are_silent() {
    let text = "it('a', () => { expect(f()).toBe(1) })\nit.todo('b')\nit.skip('c', () => {})\n";
    assert_silent(&beside_tests(plan(), &[("a.test.ts", text)]), "D507");
}

#[test]
fn what_the_base_had_is_silent_and_what_became_of_it_is_not() {
    let real = CONSTANT.replace("expect(true)", "expect(f())");
    assert_silent(&beside_changed_tests(plan(), "a.test.ts", CONSTANT, CONSTANT), "D507");
    let weakened = beside_changed_tests(plan(), "a.test.ts", &real, CONSTANT);
    assert_eq!(found(&weakened, "D507").len(), 1);
}

#[test]
fn in_a_file_that_the_range_only_touched_tagged_tests_count() {
    let text = CONSTANT.to_owned() + "it('other', () => {})\n";
    let touched = ReadTestFile {
        file: drift::test_code::read(&"a.test.ts".into(), text.as_bytes()),
        before: None,
        role: TestFileRole::Touched,
    };
    assert_eq!(found(&beside(plan(), vec![touched]), "D507").len(), 1);
}

#[test]
fn an_accepted_one_is_a_note_and_two_tests_have_two_names() {
    let comparison = beside_tests(plan(), &[("a.test.ts", "it('a', () => {})\nit('b', () => {})\n")]);
    assert_acceptable(&comparison, "D507");
    assert_two_names(&comparison, "D507");
}
