//! Which tests show which clause, as far as no rule says it.

use crate::support::contract::{beside, beside_tests, contract, contract_with};
use drift::model::{ClauseStatus, Comparison, PlanLocation, PlannedTest, ReadTestFile, TestFileRole};

const CLAUSE: &str = "CL-A-001 behavior MUST x";

fn statuses(comparison: &Comparison<'_>) -> Vec<(ClauseStatus, usize)> {
    comparison.contracts[0]
        .clauses
        .iter()
        .map(|it| (it.status, it.tests.len()))
        .collect()
}

#[test]
fn a_clause_is_shown_by_tests_of_several_files_and_languages() {
    let files = [
        (
            "a.test.ts",
            "// @clause CL-A-001\nit('a', () => { expect(f()).toBe(1) })\n",
        ),
        ("test_a.py", "# @clause CL-A-001\ndef test_a():\n    assert f() == 1\n"),
        ("a_spec.rb", "# @clause CL-A-001\n"),
    ];
    let comparison = beside_tests(contract(None, &[CLAUSE]), &files);
    assert_eq!(statuses(&comparison), [(ClauseStatus::Covered, 2)]);
    assert_eq!(comparison.checked.clauses, 1);
}

#[test]
fn a_test_that_holds_others_is_shown_by_them() {
    let text = "package a\n\n// @clause CL-A-001\nfunc TestA(t *testing.T) {\n\tt.Run(\"b\", func(t *testing.T) { t.Fatal() })\n\tt.Run(\"c\", func(t *testing.T) { t.Fatal() })\n}\n";
    let comparison = beside_tests(contract(None, &[CLAUSE]), &[("a_test.go", text)]);
    assert_eq!(statuses(&comparison), [(ClauseStatus::Covered, 2)]);
}

#[test]
fn a_promised_test_shows_its_clauses_where_it_is_found() {
    let promised = |name: &str| {
        contract_with(None, &[CLAUSE], |lane| {
            lane.tests = vec![PlannedTest {
                id: "T1".into(),
                suite: None,
                name: name.into(),
                required: true,
                clauses: vec!["CL-A-001".into()],
                location: PlanLocation::default(),
            }];
        })
    };
    let file = [(
        "src/a.rs",
        "mod tests {\n    #[test]\n    fn refuses() { assert!(f()) }\n}\n",
    )];
    for name in ["refuses", "a::tests::refuses", "tests::ref*", "tests > refuses"] {
        assert_eq!(
            statuses(&beside_tests(promised(name), &file)),
            [(ClauseStatus::Covered, 1)],
            "{name}"
        );
    }
    assert_eq!(
        statuses(&beside_tests(promised("accepts"), &file)),
        [(ClauseStatus::Unchecked, 0)]
    );
}

#[test]
fn without_test_files_nothing_is_checked() {
    let comparison = crate::support::judge::bare(contract(None, &[CLAUSE]));
    assert!(comparison.contracts.is_empty());
    let plan = contract(None, &[CLAUSE]);
    let policy = drift::model::Policy::default();
    let alone = drift::compare::compare(drift::compare::Inputs::new(&plan, &policy));
    assert_eq!(statuses(&alone), [(ClauseStatus::Unchecked, 0)]);
    assert_eq!(alone.checked.clauses, 0);
}

#[test]
fn a_file_elsewhere_shows_clauses_and_is_not_judged() {
    let text = "// @clause CL-A-001\nit('a', () => {})\n// @clause CL-OTHER-001\nit('b', () => {})\nit('c', () => {})\n// clause CL-A-001\n";
    let file = ReadTestFile {
        file: drift::test_code::read(&"old.test.ts".into(), text.as_bytes()),
        before: None,
        role: TestFileRole::Elsewhere,
    };
    let comparison = beside(contract(None, &[CLAUSE]), vec![file]);
    assert_eq!(statuses(&comparison), [(ClauseStatus::Covered, 1)]);
    let off = &comparison.test_code;
    assert!(off.unknown_tags.is_empty() && off.malformed_tags.is_empty() && off.untagged.is_empty());
    assert!(off.decorative.is_empty());
}
