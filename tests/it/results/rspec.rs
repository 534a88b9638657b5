//! RSpec's JSON.

use super::{fixture, good, shown};
use snapbox::{assert_data_eq, str};

#[test]
fn examples_keep_their_groups_and_what_broke_outside_of_them_is_not_lost() {
    assert_data_eq!(
        shown(&good(fixture("rspec-3.12.0/rspec.json"))),
        str![[r#"
passed Sample > passes
failed Sample > fails: two in "quotes" <&> ünïcode
failed Sample > errors: broken
skipped Sample > is skipped: not today
skipped Sample > has no body yet: Not yet implemented
skipped Sample > fails as expected: later
passed Sample > is parametrised with 1
passed Sample > is parametrised with 2
passed Sample > has "quotes", <&> and größe
passed Sample > is there twice
passed Sample > is there twice
passed Sample outer when inner > holds

"#]]
    );
    assert_data_eq!(
        shown(&good(fixture("rspec-3.12.0/broken.json"))),
        str![[r#"
errored 1 error outside of examples: An error occurred while loading ./broken/broken_spec.rb.

"#]]
    );
    let counted = r#"{"version": "3", "examples": [], "summary": {"example_count": 2}}"#;
    assert_eq!(good(counted).counts().errored, 1);
}
