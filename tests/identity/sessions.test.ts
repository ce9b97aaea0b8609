import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sessions } from '../../server/identity/schema.ts'
import type { Me } from '../../shared/identity.ts'
import { startApp, type TestApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.close())

const dayMs = 24 * 3_600_000
const me = async (cookie: string) => (await (await fetch(`${app.url}/api/me`, { headers: { cookie } })).json()) as Me
const expiry = async (accountId: string) =>
  (await app.db.reader.select().from(sessions).where(eq(sessions.userId, accountId)))[0]?.expiresAt
const expireIn = (accountId: string, ms: number) =>
  app.db.reader
    .update(sessions)
    .set({ expiresAt: new Date(Date.now() + ms) })
    .where(eq(sessions.userId, accountId))

test('a cookie that we did not sign, or that was changed, stands for nobody', async () => {
  const { cookie, accountId } = await app.visitor()
  expect((await me(cookie)).account?.id).toBe(accountId)
  expect((await me(`theme=dark; ${cookie}; other="x"`)).account?.id).toBe(accountId)
  const [name, value] = cookie.split('=') as [string, string]
  const [token, signature] = decodeURIComponent(value).split('.') as [string, string]
  const other = decodeURIComponent((await app.visitor()).cookie.split('=')[1]!).split('.')[1]!
  for (const forged of [
    '',
    token,
    `${token}.`,
    `${token}.${other}`,
    `${token}x.${signature}`,
    `.${signature}`,
    `${token}.${signature.slice(0, 20)}`,
  ])
    expect((await me(`${name}=${encodeURIComponent(forged)}`)).account).toBeNull()
})

test('a session that is used grows by itself, and one that has expired stands for nobody', async () => {
  const { cookie, accountId } = await app.visitor()
  await expireIn(accountId!, 28 * dayMs)
  expect((await me(cookie)).account?.id).toBe(accountId)
  expect((await expiry(accountId!))!.getTime()).toBeGreaterThan(Date.now() + 29 * dayMs)
  await expireIn(accountId!, -1_000)
  expect((await me(cookie)).account).toBeNull()
})
