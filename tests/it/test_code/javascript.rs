use super::shown;
use snapbox::{assert_data_eq, str};

#[test]
fn tests_groups_and_assertions_are_found_by_the_grammar() {
    let text = r#"
import { test, expect } from 'vitest'

describe('login', () => {
  beforeEach(() => { reset() })

  // @clause CL-AUTH-001
  // @clause CL-AUTH-003
  it('returns a token', async () => {
    const response = await request(app).post('/api/login').send({ user: 'ann' })
    expect(response.status).toBe(200)
    expect(response.body.token.value).toBeDefined()
    expect(log).not.toContain("secret")
  })

  // @clause CL-AUTH-002
  it.each([[1], [2]])('refuses number %i', (n) => {
    expect(() => login(n)).toThrow(
      'no'
    )
  })

  context("with a phone", function () {
    it.skip('waits', () => { assert.equal(code(), 3) })
    it.todo('asks again')
  })
})

test("nothing is asserted in strings", () => {
  const text = `
  // @clause CL-AUTH-009
  it('is text', () => { expect(1).toBe(1) })
  `
  run(text)
})
"#;
    for path in ["login.test.ts", "login.test.tsx", "login.test.js"] {
        assert_data_eq!(
            shown(path, text).split_once('\n').unwrap().1,
            str![[r#"
test 9-14 login > returns a token: 3 asserted, negative [CL-AUTH-001 CL-AUTH-003]
test 17-21 login > refuses number %i: 1 asserted, negative [CL-AUTH-002]
test 24-24 login > with a phone > waits: 1 asserted, skipped
test 25-25 login > with a phone > asks again: 0 asserted, still to be written
test 29-35 nothing is asserted in strings: 0 asserted, NoAssertion
endpoint 10 "POST /api/login"
status code 11 "200"
payload path 12 "token.value"

"#]]
        );
    }
}

#[test]
fn every_idiom_of_asserting_counts_once() {
    let text = r#"
test('node', async (t) => {
  assert(ok())
  assert.strictEqual(one(), 1)
  t.is(one(), 1)
  t.assert.equal(one(), 1)
  sinon.assert.calledOnce(spy)
  await expect(later()).rejects.toThrow('x')
  expect.soft(page()).toHaveTitle('a')
  value().should.equal(3)
  should(value()).be.ok()
  cy.get('[data-testid="name"]').should('be.visible')
  await request(app).get(`/users/${id}`).expect(404)
  expect(value()).to.be.true
  expectUser(value())
  verify(mock).called()
})
test('none of these asserts', () => {
  expect.assertions(1)
  console.assert(true)
  vi.fn().expectNothing
  expect(value())
  pattern.test('x')
})
"#;
    assert_data_eq!(
        shown("a.spec.ts", text),
        str![[r#"
Grammar("TypeScript")
test 2-17 node: 14 asserted, negative
test 18-24 none of these asserts: 0 asserted, NoAssertion, negative
test id 12 "name"
status code 13 "404"
endpoint 13 "GET /users/{}"

"#]]
    );
}

#[test]
fn a_test_that_can_not_fail_is_decorative() {
    let text = r#"
test('constants', () => { expect(true).toBe(true); expect('a').toEqual('a'); assert.ok(true) })
test('empty', () => {})
test('only a comment', () => { /* later */ })
test('nothing', () => { run() })
test('snapshot', () => { expect(render()).toMatchSnapshot() })
test('unreachable', () => { if (run()) expect(true).toBe(false) })
test('throws', () => { if (!run()) throw new Error('x') })
test('helper', () => { checkAll() })
test('reference', named)
test('skipped inside', () => { test.skip() })
const checkAll = () => checkOne()
function checkOne() { expect(run()).toBe(1) }
"#;
    assert_data_eq!(
        shown("a.test.mjs", text),
        str![[r#"
Grammar("JavaScript")
test 2-2 constants: 3 asserted, OnlyConstants
test 3-3 empty: 0 asserted, Empty, negative
test 4-4 only a comment: 0 asserted, Empty
test 5-5 nothing: 0 asserted, NoAssertion
test 6-6 snapshot: 1 asserted, OnlySnapshots
test 7-7 unreachable: 1 asserted
test 8-8 throws: 0 asserted, negative
test 9-9 helper: 0 asserted
test 10-10 reference: 0 asserted
test 11-11 skipped inside: 0 asserted, skipped, NoAssertion
constant 2-2
constant 2-2
constant 2-2
loose 13-13

"#]]
    );
}

#[test]
fn runners_of_other_names_are_known_too() {
    let text = r#"
Deno.test("deno", () => { assertEquals(f(), 1) })
QUnit.module('m', () => { QUnit.test('qunit', assert => { assert.ok(f()) }) })
test.describe('playwright', () => {
  test.beforeEach(async () => {})
  test('page', async ({ page }) => { await expect(page.getByRole('button')).toBeVisible() })
  test.fixme('broken', async () => { expect(f()).toBe(1) })
})
test('node skip', { skip: 'slow' }, () => { assert.ok(f()) })
xdescribe('off', () => { it('is off', () => { expect(f()).toBe(1) }) })
it('pending')
test.concurrent.each`a`('table', () => { expect(f()).toBe(1) })
"#;
    assert_data_eq!(
        shown("tests/a.js", text),
        str![[r#"
Grammar("JavaScript")
test 2-2 deno: 1 asserted
test 3-3 m > qunit: 1 asserted
test 6-6 playwright > page: 1 asserted
test 7-7 playwright > broken: 1 asserted, skipped
test 9-9 node skip: 1 asserted, skipped
test 10-10 off > is off: 1 asserted, skipped
test 11-11 pending: 0 asserted, still to be written
test 12-12 table: 1 asserted
role 6 "button"

"#]]
    );
}
