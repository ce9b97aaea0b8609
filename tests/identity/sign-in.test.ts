import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Me } from '../../shared/identity.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { inRegion } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { comeBack, connected } from './sockets.ts'

const password = '一个足够长的测试密码'

let app: TestApp
let admin: Person

beforeAll(async () => {
  app = await startApp()
  admin = await app.person({ name: '管理员', grants: [inRegion('admin', '')] })
})
afterAll(() => app.close())

const signInAt = (to: Pick<TestApp, 'url'>, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${to.url}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const me = async (cookie: string): Promise<Me> => (await fetch(`${app.url}/api/me`, { headers: { cookie } })).json() as Promise<Me>

async function newAccount(): Promise<string> {
  const username = `u${v7().slice(-12)}`
  value(await admin.post('account:create', { id: v7(), username, name: '李四', password }))
  return username
}

test('whoever has the name and the password gets a session, in a cookie that scripts cannot read', async () => {
  const username = await newAccount()
  const response = await signInAt(app, { username, password })
  expect(response.status).toBe(200)
  const [cookie] = response.headers.getSetCookie()
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Lax/)
  expect(await me(cookie!.split(';')[0]!)).toMatchObject({
    account: { username, name: '李四', anonymous: false, grants: [] },
    oidcName: null,
  })
})

test('a wrong password and an unknown name are refused alike, without a session', async () => {
  const username = await newAccount()
  const wrong = await signInAt(app, { username, password: `${password}!` })
  const unknown = await signInAt(app, { username: 'nobody-of-this-name', password })
  for (const response of [wrong, unknown]) {
    expect(response.status).toBe(401)
    expect(response.headers.getSetCookie()).toEqual([])
  }
  expect(await wrong.text()).toBe(await unknown.text())
})

test.each([
  ['{"username":'],
  ['[]'],
  ['null'],
  ['"x"'],
  [{}],
  [{ username: 1, password: {} }],
  [{ username: '\u0000', password: '\ud800' }],
  [{ username: 'x'.repeat(5_000), password: 'y' }],
])('a sign-in that makes no sense is refused: %j', async (body) => {
  const response = await signInAt(app, body)
  expect(response.status).toBeGreaterThanOrEqual(400)
  expect(response.status).toBeLessThan(500)
})

test('a sign-in of another kind of content, or too large, is refused', async () => {
  expect((await signInAt(app, 'username=a&password=b', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400)
  expect((await signInAt(app, { username: 'a', password: 'x'.repeat(100_000) })).status).toBe(413)
})

test('another site cannot sign anybody in', async () => {
  const username = await newAccount()
  const cookie = (await app.visitor()).cookie
  const response = await signInAt(app, { username, password }, { origin: 'https://elsewhere.example', cookie })
  expect(response.status).toBe(403)
})

test.each([
  '/sign-in/email',
  '/sign-up/email',
  '/update-user',
  '/change-password',
  '/change-email',
  '/revoke-sessions',
  '/delete-user',
  '/is-username-available',
  '/request-password-reset',
])('there is no door at %s', async (path) => {
  const { cookie } = await app.visitor()
  const response = await fetch(`${app.url}/api/auth${path}`, {
    method: 'POST',
    headers: { cookie, origin: app.url, 'content-type': 'application/json' },
    body: '{"name":"x"}',
  })
  expect(response.status).toBe(404)
})

test('a visitor gets an anonymous account without a name, the same at every visit', async () => {
  const visitor = await app.visitor()
  const first = await me(visitor.cookie)
  expect(first.account).toMatchObject({ id: visitor.accountId, username: null, name: '', anonymous: true, grants: [] })
  expect((await me(visitor.cookie)).account).toEqual(first.account)
  expect((await app.visitor()).accountId).not.toBe(visitor.accountId)
})

test('somebody without a session, or with one that is forged or broken, is nobody', async () => {
  const visitor = await app.visitor()
  const cookie = visitor.cookie.split('; ').find((pair) => pair.startsWith('yishi.session_token='))!
  const forged = [
    cookie.replace(/.{4}$/, 'AAAA'),
    cookie.replace(/=.*/, '=%E0%A4%A'),
    'yishi.session_token=',
    'yishi.session_token=\u00ff.\u00ff',
    cookie.replace(/=.*\./, '=x.'),
  ]
  for (const broken of ['', ...forged]) expect(await me(broken)).toMatchObject({ account: null, sessionId: null })
})

test('whoever signs out has no session any more, and the connections opened with it are closed', async () => {
  const person = await app.person({ grants: [inRegion('admin', '')] })
  await connected(person)
  const closed = new Promise((resolve) => person.socket.once('disconnect', resolve))
  const response = await person.fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: app.url },
    body: '{}',
  })
  expect(response.status).toBe(200)
  expect(await closed).toBe('io server disconnect')
  expect(await me(person.cookie)).toMatchObject({ account: null })
  await comeBack(person)
  expect(await person.ask('account:revoke-sessions', { accountId: person.accountId! })).toMatchObject({
    ok: false,
    error: { code: 'not-signed-in' },
  })
})
