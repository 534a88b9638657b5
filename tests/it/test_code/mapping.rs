use super::{read, shown};
use snapbox::{assert_data_eq, str};

#[test]
fn a_tag_stands_for_what_begins_below_it_or_what_it_is_in() {
    let text = "\
// @clause CL-A-001
describe('all', () => {
  it('one', () => {
    // @clause CL-A-002
    expect(f()).toBe(1)
  })
  // @clause CL-A-003

  // @clause CL-A-004
  // a word more


  it('two', () => { expect(f()).toBe(1) })
  // @clause CL-A-005
  const a = 1
  const b = 1
  const c = 1
  const d = 1
  const e = 1
  it('far', () => { expect(f()).toBe(1) })
})
";
    assert_data_eq!(
        shown("a.test.ts", text),
        str![[r#"
Grammar("TypeScript")
test 3-6 all > one: 1 asserted [CL-A-001 CL-A-002]
test 13-13 all > two: 1 asserted [CL-A-001 CL-A-003 CL-A-004]
test 20-20 all > far: 1 asserted [CL-A-001]

"#]]
    );
}

#[test]
fn an_assertion_maps_to_the_nearest_group_at_most_fifty_lines_above() {
    let lines = |count: usize| "  run()\n".repeat(count);
    let text = format!(
        "// @clause CL-A-001\n// @clause CL-A-002\nit('long', () => {{\n{}  expect(f()).toBe(1)\n{}  expect(f()).toBe(2)\n}})\n",
        lines(48),
        lines(0)
    );
    let file = read("a.test.ts", &text);
    let of = |index: usize| (file.assertions[index].lines.first, file.assertions[index].tags.clone());
    assert_eq!([of(0), of(1)], [(52, vec![0, 1]), (53, vec![])]);
}

#[test]
fn malformed_tags_are_told_by_their_fault_and_stand_for_nothing_else() {
    let text = "\
// @clause CL-auth-001
it('a', () => {
  expect(f()).toBe(1) // @clause CL-A-001
})
/* @clause CL-A-002 */
// clause CL-A-003
// @clause CL-A-004, CL-A-005
/**
 * @clause CL-A-006
 */
";
    assert_data_eq!(
        shown("a.test.ts", text),
        str![[r#"
Grammar("TypeScript")
test 2-4 a: 1 asserted [CL-auth-001 CL-A-001]
malformed 1 "CL-auth-001" Id
malformed 3 "CL-A-001" BehindCode
malformed 5 "CL-A-002" Block
malformed 6 "CL-A-003" NoAt
malformed 7 "CL-A-004" Trailing
malformed 9 "CL-A-006" Block

"#]]
    );
}
