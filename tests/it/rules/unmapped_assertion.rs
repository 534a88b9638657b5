use crate::support::contract::{beside_changed_tests, beside_tests, contract};
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example};
use drift::model::ContractMode;
use snapbox::{assert_data_eq, str};

const CLAUSE: &str = "CL-LOGIN-001 behavior MUST A token is returned";

/// A tagged test with its last assertion so many lines below its first.
fn long(lines: usize) -> String {
    let more = "    more()\n".repeat(lines);
    format!(
        "describe('login', () => {{\n  // @clause CL-LOGIN-001\n  it('does a great many things', () => {{\n{more}    expect(f()).toBe(1)\n  }})\n}})\n"
    )
}

fn plan() -> drift::model::Plan {
    contract(Some(ContractMode::Strict), &[CLAUSE])
}

#[test]
fn an_assertion_far_below_its_tag_is_found() {
    let comparison = beside_tests(plan(), &[("tests/login.test.ts", &long(60))]);
    assert_data_eq!(
        check_example(&comparison, "D505"),
        str![[r#"
error[D505]: 1 assertion in test `login > does a great many things` of `tests/login.test.ts` has no tag in the 50 lines above it
  help: split the test, or write a tag above the assertions, or accept it: `drift accept D505-70dab1fef410 --because …`
  at: tests/login.test.ts:64

"#]]
    );
    assert_silent(&beside_tests(plan(), &[("tests/login.test.ts", &long(40))]), "D505");
}

#[test]
fn assertions_outside_of_all_tests_are_found() {
    let text = "function check() {\n  expect(f()).toBe(1)\n  expect(f()).toBe(2)\n}\n// @clause CL-LOGIN-001\nit('works', () => { check() })\n";
    assert_data_eq!(
        check(&beside_tests(plan(), &[("a.test.ts", text)]), "D505"),
        str![[r#"
error[D505]: 2 assertions outside of all tests of `a.test.ts` have no tag in the 50 lines above them
  help: move them into the tests that they belong to, or accept it: `drift accept D505-ca30f78e6517 --because …`
  at: a.test.ts:2
  see: a.test.ts:3: and here

"#]]
    );
}

#[test]
fn an_untagged_test_is_told_once() {
    let text = "it('works', () => { expect(f()).toBe(1) })\n";
    assert_silent(&beside_tests(plan(), &[("a.test.ts", text)]), "D505");
}

#[test]
fn a_tag_above_the_group_covers_all_of_it() {
    let text = format!(
        "// @clause CL-LOGIN-001\n{}",
        long(60).replace("  // @clause CL-LOGIN-001\n", &"  more()\n".repeat(60))
    );
    assert_silent(&beside_tests(plan(), &[("a.test.ts", &text)]), "D505");
}

#[test]
fn what_the_base_had_is_silent() {
    assert_silent(&beside_changed_tests(plan(), "a.test.ts", &long(60), &long(61)), "D505");
}

#[test]
fn an_accepted_one_is_a_note_and_two_tests_have_two_names() {
    let text = long(60) + &long(60).replace("login'", "logout'");
    let comparison = beside_tests(plan(), &[("a.test.ts", &text)]);
    assert_acceptable(&comparison, "D505");
    assert_two_names(&comparison, "D505");
}
