use super::shown;
use snapbox::{assert_data_eq, str};

#[test]
fn pytest_and_unittest_are_read() {
    let text = r##"
import pytest

# @clause CL-AUTH-001
@pytest.mark.parametrize("user", ["ann"])
def test_token(user):
    """Returns a token."""
    response = client.post("/login", json={"user": user})
    assert response.status_code == 200
    assert response.json()["token"]["value"]

# @clause CL-AUTH-002
def test_wrong_password():
    with pytest.raises(ValueError):
        login("x")

@pytest.mark.skip(reason="slow")
def test_skipped():
    assert login("y")

class TestLogin(unittest.TestCase):
    # @clause CL-AUTH-003
    def test_equal(self):
        self.assertEqual(login("a"), 1)
        mock.assert_called_once_with(1)

    @unittest.expectedFailure
    def test_broken(self):
        self.check()

    def check(self):
        self.assertTrue(login("b"))

async def test_empty():
    """Later."""
    pass

def test_constant():
    assert True
    assert 1 == 1
    assert 1 != 1

def test_stops():
    pytest.skip("not here")

def test_raises():
    if not login("c"):
        raise AssertionError

def helper():
    text = "# @clause CL-AUTH-009"
    return text
"##;
    assert_data_eq!(
        shown("test_login.py", text),
        str![[r#"
Grammar("Python")
test 5-10 test_token: 2 asserted [CL-AUTH-001]
test 13-15 test_wrong_password: 1 asserted, negative [CL-AUTH-002]
test 17-19 test_skipped: 1 asserted, skipped
test 23-25 TestLogin > test_equal: 2 asserted [CL-AUTH-003]
test 27-29 TestLogin > test_broken: 0 asserted, expected to fail
test 34-36 test_empty: 0 asserted, Empty, negative
test 38-41 test_constant: 3 asserted
test 43-44 test_stops: 0 asserted, skipped, NoAssertion, negative
test 46-48 test_raises: 0 asserted, negative
loose 32-32
constant 39-39
constant 40-40
endpoint 8 "POST /login"
status code 9 "200"
payload path 10 "token.value"

"#]]
    );
}
