import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'

const attempts = 5

const signInAt = (to: Pick<TestApp, 'url'>, body: unknown, headers: Record<string, string>) =>
  fetch(`${to.url}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

test('wrong passwords are limited, and no header of the client’s own evades it', async () => {
  const limited = await startApp({ env: { SIGN_IN_ATTEMPTS_PER_MINUTE: String(attempts) } })
  const statuses: number[] = []
  for (let n = 0; n < attempts * 2; n++) {
    const address = `203.0.113.${n}`
    const headers = {
      'x-forwarded-for': address,
      'x-yishi-address': address,
      'x-real-ip': address,
      'x-client-ip': address,
      forwarded: `for=${address}`,
      'cf-connecting-ip': address,
    }
    statuses.push((await signInAt(limited, { username: 'somebody', password: 'a wrong password' }, headers)).status)
  }
  await limited.close()
  expect(statuses).toEqual([...Array(attempts).fill(401), ...Array(attempts).fill(429)])
})

test('behind a proxy each client has a limit of its own, by the address that the proxy saw and not by one that it claims', async () => {
  const limited = await startApp({ env: { SIGN_IN_ATTEMPTS_PER_MINUTE: String(attempts), TRUST_PROXY: 'true' } })
  const attempt = async (claimed: string, seen: string) =>
    (await signInAt(limited, { username: 'somebody', password: 'a wrong password' }, { 'x-forwarded-for': `${claimed}, ${seen}` })).status
  const statuses: number[] = []
  for (let n = 0; n < attempts + 1; n++) statuses.push(await attempt(`203.0.113.${n}`, '198.51.100.1'))
  const another = await attempt('203.0.113.1', '198.51.100.2')
  const health = await fetch(`${limited.url}/healthz`)
  await limited.close()
  expect(health.headers.get('keep-alive'), 'longer than a proxy keeps a connection').toBe('timeout=75')
  expect(statuses).toEqual([...Array(attempts).fill(401), 429])
  expect(another).toBe(401)
})
