use super::shown;
use snapbox::{assert_data_eq, str};

#[test]
fn functions_with_a_tests_attribute_are_read() {
    let text = r##"
//! About.

fn helper() { assert!(run()); }

#[cfg(test)]
mod tests {
    // @clause CL-AUTH-001
    #[test]
    fn returns_a_token() {
        assert_eq!(login("a"), 1);
        assert!(matches!(login("b"), Ok(_)), "{}", 1);
    }

    /// Says what it does.
    // @clause CL-AUTH-002
    #[tokio::test]
    #[should_panic(expected = "x")]
    async fn panics() { login("c") }

    #[test]
    #[ignore]
    fn ignored() { assert!(true); assert_eq!(1, 1); }

    #[rstest]
    #[case(1)]
    fn cases(#[case] n: u8) { login(n).unwrap(); }

    #[test]
    fn empty() {}

    #[test]
    fn nothing() { login("d"); let text = "// @clause CL-AUTH-009"; }

    #[test]
    fn through_a_helper() { helper() }

    #[test]
    fn later() { todo!() }

    proptest! {
        // @clause CL-AUTH-003
        #[test]
        fn holds(n in 0..9) {
            prop_assert!(n < 9);
        }
    }
}
"##;
    assert_data_eq!(
        shown("src/login.rs", text),
        str![[r#"
Grammar("Rust")
test 9-13 tests > returns_a_token: 2 asserted [CL-AUTH-001]
test 17-19 tests > panics: 0 asserted, negative [CL-AUTH-002]
test 21-23 tests > ignored: 2 asserted, skipped, OnlyConstants
test 25-27 tests > cases: 0 asserted
test 29-30 tests > empty: 0 asserted, Empty, negative
test 32-33 tests > nothing: 0 asserted, NoAssertion
test 35-36 tests > through_a_helper: 0 asserted
test 38-39 tests > later: 0 asserted, still to be written
test 43-46 tests > holds: 1 asserted [CL-AUTH-003]
loose 4-4
constant 23-23
constant 23-23

"#]]
    );
}
