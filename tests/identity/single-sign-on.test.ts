import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Me } from '../../shared/identity.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { inRegion } from '../support/meetings.ts'
import { value } from '../support/people.ts'
import { type Provider, startProvider } from './provider.ts'

const client = { clientId: 'yishi', clientSecret: 'the secret of the client' }

let provider: Provider
let app: TestApp

beforeAll(async () => {
  provider = await startProvider(client)
  app = await startApp({
    env: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: client.clientId,
      OIDC_CLIENT_SECRET: client.clientSecret,
      OIDC_NAME: '政务统一认证',
    },
  })
})
afterAll(async () => {
  await app.close()
  await provider.close()
})
beforeEach(() => provider.set({ browser: { sub: v7(), name: '赵六' }, forged: false, saidNo: false }))

/** A browser as far as redirects and cookies go. */
function createBrowser() {
  const cookies = new Map<string, string>()
  return {
    cookie: () => [...cookies].map(([name, content]) => `${name}=${content}`).join('; '),
    async go(url: string, init: RequestInit = {}) {
      const headers = { ...init.headers, ...(url.startsWith(app.url) ? { cookie: this.cookie() } : {}) }
      const response = await fetch(url, { ...init, redirect: 'manual', headers })
      for (const line of response.headers.getSetCookie()) {
        const [name, content] = line.split(';')[0]!.split(/=(.*)/s) as [string, string]
        if (/max-age=0/i.test(line)) cookies.delete(name)
        else cookies.set(name, content)
      }
      return response
    },
    me: async () => (await (await fetch(`${app.url}/api/me`, { headers: { cookie: cookieOf(cookies) } })).json()) as Me,
  }
}
const cookieOf = (cookies: Map<string, string>) => [...cookies].map(([name, content]) => `${name}=${content}`).join('; ')
type Browser = ReturnType<typeof createBrowser>

async function askToSignIn(browser: Browser, callbackURL = '/meetings'): Promise<string> {
  const response = await browser.go(`${app.url}/api/auth/sign-in/social`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: app.url },
    body: JSON.stringify({ provider: 'oidc', callbackURL }),
  })
  expect(response.status).toBe(200)
  return ((await response.json()) as { url: string }).url
}

const follow = async (browser: Browser, url: string) => (await browser.go(url)).headers.get('location') ?? ''

/** To the provider and back; gives the page on which the browser ends. */
async function signIn(browser: Browser, callbackURL?: string): Promise<string> {
  const atProvider = await askToSignIn(browser, callbackURL)
  expect(atProvider).toMatch(new RegExp(`^${provider.issuer}/authorize\\?`))
  const back = await follow(browser, atProvider)
  expect(back).toMatch(new RegExp(`^${app.url}/api/auth/callback/oidc\\?`))
  return follow(browser, back)
}

test('the button’s name is told, and the whole dance ends where it began, with a session', async () => {
  const browser = createBrowser()
  expect(await browser.me()).toMatchObject({ account: null, oidcName: '政务统一认证' })
  expect(await signIn(browser, '/meetings')).toMatch(/(^|:\d+)\/meetings$/)
  expect(await browser.me()).toMatchObject({ account: { name: '赵六', anonymous: false, username: null, grants: [] } })
})

test('the same person comes back to the same account and to the roles that it was given', async () => {
  const [first, second] = [createBrowser(), createBrowser()]
  await signIn(first)
  const { account } = await first.me()
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  value(await admin.post('role:grant', { id: v7(), accountId: account!.id, ...inRegion('member', '33') }))
  await signIn(second)
  expect(await second.me()).toMatchObject({ account: { id: account!.id, grants: [inRegion('member', '33')] } })
})

test('a provider that gives only a user name, or no name, is enough', async () => {
  const browser = createBrowser()
  provider.set({ browser: { sub: 'a', preferred_username: 'sunqi' } })
  await signIn(browser)
  expect(await browser.me()).toMatchObject({ account: { name: 'sunqi' } })
  const other = createBrowser()
  provider.set({ browser: { sub: 'A' } })
  await signIn(other)
  expect(await other.me()).toMatchObject({ account: { name: '' } })
  expect((await other.me()).account!.id).not.toBe((await browser.me()).account!.id)
})

test('an address that the provider claims never leads into somebody else’s account', async () => {
  const person = await app.person({ grants: [inRegion('admin', '')] })
  const { rows } = await app.db.pool.query('select email from accounts where id = $1', [person.accountId])
  const browser = createBrowser()
  provider.set({ browser: { sub: v7(), name: '冒名', email: rows[0].email } })
  await signIn(browser)
  expect((await browser.me()).account).toMatchObject({ name: '冒名', grants: [] })
})

test.each([
  ['the provider refuses', () => provider.set({ saidNo: true })],
  ['the identity token is signed by somebody else', () => provider.set({ forged: true })],
])('there is no session when %s, and the browser comes back to the sign-in page', async (_, happen) => {
  happen()
  const browser = createBrowser()
  expect(await signIn(browser)).toMatch(/\/sign-in\?error=/)
  expect((await browser.me()).account).toBeNull()
})

test('an answer that this browser did not ask for, or that was used already, gives no session', async () => {
  const [one, other] = [createBrowser(), createBrowser()]
  const back = await follow(one, await askToSignIn(one))
  expect(await follow(other, back)).toMatch(/\/sign-in\?error=/)
  expect((await other.me()).account).toBeNull()
  const forged = new URL(back)
  forged.searchParams.set('state', 'forged')
  expect(await follow(one, forged.href)).toMatch(/\/sign-in\?error=/)
  expect((await one.me()).account).toBeNull()
})

test('the way back leads only to our own pages', async () => {
  const response = await createBrowser().go(`${app.url}/api/auth/sign-in/social`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: app.url },
    body: JSON.stringify({ provider: 'oidc', callbackURL: 'https://elsewhere.example/' }),
  })
  expect(response.status).toBe(403)
})

test('without the settings there is no such sign-in', async () => {
  const plain = await startApp()
  const response = await fetch(`${plain.url}/api/auth/sign-in/social`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"provider":"oidc"}',
  })
  const { oidcName } = (await (await fetch(`${plain.url}/api/me`)).json()) as Me
  await plain.close()
  expect(response.status).toBe(404)
  expect(oidcName).toBeNull()
})
