use super::shown;
use snapbox::{assert_data_eq, str};

#[test]
fn junit_is_read() {
    let text = r##"
class LoginTest {
    // @clause CL-AUTH-001
    @Test
    void returnsAToken() {
        assertEquals(200, response.getStatusCode());
        assertThat(login("a")).isNotNull().isEqualTo(1);
        verify(mock, times(1)).call();
    }

    @Test(expected = IllegalArgumentException.class)
    public void refuses() { login("b"); }

    @ParameterizedTest
    @Disabled("slow")
    void disabled() { Assertions.assertTrue(true); }

    @Nested
    class Inner {
        /* @clause CL-AUTH-002 */
        @Test
        void nothing() { login("c"); }
        @Test void empty() { }
        @Test void helped() { check(); }
        private void check() { assertTrue(login("d")); }
        @Test void mvc() { mockMvc.perform(get("/login")).andExpect(status().isUnauthorized()); }
    }
}
"##;
    assert_data_eq!(
        shown("src/test/java/LoginTest.java", text),
        str![[r#"
Grammar("Java")
test 4-9 LoginTest > returnsAToken: 3 asserted, negative [CL-AUTH-001]
test 11-12 LoginTest > refuses: 0 asserted, negative
test 14-16 LoginTest > disabled: 1 asserted, skipped, OnlyConstants
test 21-22 LoginTest > Inner > nothing: 0 asserted, NoAssertion [CL-AUTH-002]
test 23-23 LoginTest > Inner > empty: 0 asserted, Empty, negative
test 24-24 LoginTest > Inner > helped: 0 asserted
test 26-26 LoginTest > Inner > mvc: 1 asserted, negative
constant 16-16
loose 25-25
malformed 20 "CL-AUTH-002" Block
status code 6 "200"

"#]]
    );
}
