use crate::support::contract::{beside, beside_changed_tests, beside_tests, contract};
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example, found};
use drift::model::{ContractMode, ReadTestFile, TestFileRole};
use snapbox::{assert_data_eq, str};

const CLAUSE: &str = "CL-LOGIN-002 behavior MUST A wrong password is refused";

fn tagged(ids: &[&str]) -> String {
    let test = |id: &&str| format!("// @clause {id}\nit('shows {id}', () => {{ expect(f()).toBe(1) }})\n");
    ids.iter().map(test).collect()
}

#[test]
fn a_tag_for_a_clause_that_nobody_has_is_found() {
    let text = "\n".repeat(9) + &tagged(&["CL-LOGIN-020"]);
    let comparison = beside_tests(contract(None, &[CLAUSE]), &[("tests/login.test.ts", &text)]);
    assert_data_eq!(
        check_example(&comparison, "D502"),
        str![[r#"
warning[D502]: `tests/login.test.ts` line 10 names the clause `CL-LOGIN-020`, which no contract has
  help: did you mean `CL-LOGIN-002`?
  at: tests/login.test.ts:10

"#]]
    );
}

#[test]
fn a_strict_contract_denies_it() {
    let plan = contract(Some(ContractMode::Strict), &[CLAUSE]);
    assert_data_eq!(
        check(
            &beside_tests(plan, &[("a.test.ts", &tagged(&["CL-OTHER-777"]))]),
            "D502"
        ),
        str![[r#"
error[D502]: `a.test.ts` line 1 names the clause `CL-OTHER-777`, which no contract has
  help: correct the id, or add the clause to the contract in a new run, or accept it: `drift accept D502-dbff4feef8ac --because …`
  at: a.test.ts:1

"#]]
    );
}

#[test]
fn a_known_clause_and_what_the_base_had_are_silent() {
    let plan = || contract(Some(ContractMode::Strict), &[CLAUSE]);
    assert_silent(
        &beside_tests(plan(), &[("a.test.ts", &tagged(&["CL-LOGIN-002"]))]),
        "D502",
    );
    let (before, after) = (tagged(&["CL-OLD-001"]), tagged(&["CL-OLD-001", "CL-LOGIN-002"]));
    assert_silent(&beside_changed_tests(plan(), "a.test.ts", &before, &after), "D502");
}

#[test]
fn a_touched_file_is_asked_only_if_it_names_a_clause_of_the_plan() {
    let touched = |ids: &[&str]| {
        let file = ReadTestFile {
            file: drift::test_code::read(&"a.test.ts".into(), tagged(ids).as_bytes()),
            before: None,
            role: TestFileRole::Touched,
        };
        beside(contract(Some(ContractMode::Strict), &[CLAUSE]), vec![file])
    };
    assert_silent(&touched(&["CL-OTHER-001"]), "D502");
    assert_eq!(found(&touched(&["CL-OTHER-001", "CL-LOGIN-002"]), "D502").len(), 1);
}

#[test]
fn an_accepted_one_is_a_note_and_two_tags_have_two_names() {
    let plan = contract(Some(ContractMode::Strict), &[CLAUSE]);
    let comparison = beside_tests(
        plan,
        &[("a.test.ts", &tagged(&["CL-LOGIN-002", "CL-X-001", "CL-X-002"]))],
    );
    assert_acceptable(&comparison, "D502");
    assert_two_names(&comparison, "D502");
}
