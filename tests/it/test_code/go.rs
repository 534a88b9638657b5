use super::shown;
use snapbox::{assert_data_eq, str};

#[test]
fn functions_and_subtests_are_read() {
    let text = r##"
package login

// @clause CL-AUTH-001
func TestToken(t *testing.T) {
	got := Login("a")
	if got != 1 {
		t.Errorf("got %d", got)
	}
	for _, tc := range cases {
		// @clause CL-AUTH-002
		t.Run(tc.name, func(t *testing.T) {
			require.Error(t, tc.run())
		})
		t.Run("plain", func(t *testing.T) { assert.Equal(t, 401, rec.Code) })
	}
}

func TestHelper(t *testing.T) { check(t) }

func TestSkipped(t *testing.T) {
	t.Skip("slow")
	Login("b")
}

func TestMaybe(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	Login("c")
}

func TestEmpty(t *testing.T) {}

func TestConstant(t *testing.T) { require.True(t, true) }

func Testing() {}

func (s *Suite) TestSuite() { s.Equal(1, Login("d")) }

func TestMain(m *testing.M) { os.Exit(m.Run()) }

func check(t *testing.T) { t.Helper(); t.Fatal("x") }
"##;
    assert_data_eq!(
        shown("login_test.go", text),
        str![[r#"
Grammar("Go")
test 5-17 TestToken: 3 asserted, negative [CL-AUTH-001]
test 12-14 TestToken > tc.name: 1 asserted, negative [CL-AUTH-001 CL-AUTH-002]
test 15-15 TestToken > plain: 1 asserted, negative [CL-AUTH-001]
test 19-19 TestHelper: 0 asserted
test 21-24 TestSkipped: 0 asserted, skipped, NoAssertion
test 26-31 TestMaybe: 0 asserted, NoAssertion
test 33-33 TestEmpty: 0 asserted, Empty, negative
test 35-35 TestConstant: 1 asserted, OnlyConstants
test 39-39 TestSuite: 1 asserted
constant 35-35
loose 43-43
status code 15 "401"

"#]]
    );
}
