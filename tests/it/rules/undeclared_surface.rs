use crate::support::contract::{beside_changed_tests, beside_tests, contract_with};
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example};
use drift::model::{ContractMode, Plan, SurfaceKind};
use snapbox::{assert_data_eq, str};

fn plan() -> Plan {
    contract_with(Some(ContractMode::Strict), &["CL-LOGIN-001 behavior MUST x"], |lane| {
        let list = |values: &[&str]| values.iter().map(ToString::to_string).collect();
        lane.contract.surface = [
            (SurfaceKind::StatusCode, list(&["200", "401"])),
            (SurfaceKind::Endpoint, list(&["POST /api/login", "/users/:id"])),
            (SurfaceKind::TestId, list(&["save-button"])),
            (SurfaceKind::PayloadPath, list(&["token"])),
            (SurfaceKind::Role, Vec::new()),
        ]
        .into();
    })
}

fn asking(body: &str) -> String {
    format!("// @clause CL-LOGIN-001\nit('works', async () => {{\n  {body}\n}})\n")
}

fn checked(body: &str) -> String {
    check(&beside_tests(plan(), &[("tests/login.test.ts", &asking(body))]), "D508")
}

#[test]
fn an_undeclared_status_is_found() {
    let comparison = beside_tests(
        plan(),
        &[("tests/login.test.ts", &asking("expect(response.status).toBe(418)"))],
    );
    assert_data_eq!(
        check_example(&comparison, "D508"),
        str![[r#"
error[D508]: `tests/login.test.ts` asks for the status code `418`, which the contract's assertionSurface does not have
  help: take it out of the test, or add it to `assertionSurface` in a new run, or accept it: `drift accept D508-1c742dcf6a5b --because …`
  at: tests/login.test.ts:3

"#]]
    );
}

#[test]
fn other_kinds_are_found_with_what_was_meant() {
    let body =
        "request(app).post('/api/logn')\n  screen.getByTestId('save-buton')\n  expect(response.body.user.id).toBe(1)";
    assert_data_eq!(
        checked(body),
        str![[r#"
error[D508]: `tests/login.test.ts` asks for the payload path `user.id`, which the contract's assertionSurface does not have
  help: take it out of the test, or add it to `assertionSurface` in a new run, or accept it: `drift accept D508-6894d17e1428 --because …`
  at: tests/login.test.ts:5
error[D508]: `tests/login.test.ts` asks for the endpoint `POST /api/logn`, which the contract's assertionSurface does not have
  help: did you mean `POST /api/login`? Else take it out of the test, or add it to `assertionSurface` in a new run, or accept it: `drift accept D508-fbae7b513759 --because …`
  at: tests/login.test.ts:3
error[D508]: `tests/login.test.ts` asks for the test id `save-buton`, which the contract's assertionSurface does not have
  help: did you mean `save-button`? Else take it out of the test, or add it to `assertionSurface` in a new run, or accept it: `drift accept D508-d24456056cbb --because …`
  at: tests/login.test.ts:4

"#]]
    );
}

#[test]
fn what_is_declared_and_kinds_of_which_nothing_is_declared_are_silent() {
    for body in [
        "expect(response.status).toBe(401)",
        "await request(app).get(`/users/${id}`).expect(200)",
        "screen.getByTestId('save-button')",
        "screen.getByRole('dialog')",
        "expect(response.body.token.value).toBeDefined()",
        "expect(count).toBe(418)",
    ] {
        assert_eq!(checked(body), "", "{body}");
    }
}

#[test]
fn what_the_base_asked_is_silent() {
    let text = asking("expect(response.status).toBe(418)");
    assert_silent(&beside_changed_tests(plan(), "a.test.ts", &text, &text), "D508");
}

#[test]
fn an_accepted_one_is_a_note_and_two_have_two_names() {
    let text = asking("expect(response.status).toBe(418)\n  expect(response.status).toBe(500)");
    let comparison = beside_tests(plan(), &[("a.test.ts", &text)]);
    assert_acceptable(&comparison, "D508");
    assert_two_names(&comparison, "D508");
}
