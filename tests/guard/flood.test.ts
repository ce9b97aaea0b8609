import { connect } from 'node:net'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { solve } from '../../client/phone/proof.ts'
import type { Failure } from '../../shared/errors.ts'
import type { GuardState } from '../../shared/guard.ts'
import { proofHeader } from '../../shared/proof.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
let clock = Date.parse('2026-11-23T06:00:00.000Z')

beforeAll(async () => {
  app = await startApp({
    now: () => new Date(clock),
    env: {
      TRUST_PROXY: 'true',
      DEVICE_REQUESTS_PER_MINUTE: '300',
      ADDRESS_REQUESTS_PER_MINUTE: '1200',
      POSTS_PER_MINUTE: '10',
      ATTACK_POSTS_PER_MINUTE: '40',
      PROOF_BITS: '6',
    },
  })
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

const hall = '198.51.100.7'
const flooder = '203.0.113.9'

/** As the phone does: what is not decided is sent again, by the same id. */
async function insistFrom(person: Person, address: string, meetingId: string, text: string): Promise<number> {
  const id = v7()
  for (;;) {
    const { status } = await postFrom(person, address, meetingId, text, undefined, id)
    if (status !== 503) return status
  }
}

async function postFrom(person: Person, address: string, meetingId: string, text: string, proof?: string, id = v7()) {
  const response = await person.fetch('/api/commands/suggestion:post', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address, ...(proof && { [proofHeader]: proof }) },
    body: JSON.stringify({ id, meetingId, text }),
  })
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: (await response.json()) as { error?: Failure } }
}

/** Sends requests as fast as the line takes them, over several connections, without waiting for answers; counts the answers by status. */
async function flood(count: number, requestOf: (turn: number) => string): Promise<Record<string, number>> {
  const connections = 8
  const { port, hostname } = new URL(app.url)
  const statuses: Record<string, number> = {}
  await Promise.all(
    Array.from({ length: connections }, (_, lane) => {
      const turns = Array.from({ length: count / connections }, (_, turn) => turn * connections + lane)
      return new Promise<void>((resolve, reject) => {
        let left = turns.length
        let rest = ''
        const socket = connect(Number(port), hostname)
        socket.setEncoding('latin1')
        socket.on('error', reject)
        socket.on('data', (chunk: string) => {
          const text = rest + chunk
          const heads = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)]
          for (const [, status] of heads) statuses[status!] = (statuses[status!] ?? 0) + 1
          rest = text.slice(-11).replace(/HTTP\/1\.1 \d{3}/, '')
          left -= heads.length
          if (left <= 0) {
            socket.destroy()
            resolve()
          }
        })
        socket.write(turns.map(requestOf).join(''))
      })
    }),
  )
  return statuses
}

const rawPost = (meetingId: string, address: string, cookie: string) => (turn: number) => {
  const body = JSON.stringify({ id: v7(), meetingId, text: `第${turn}条` })
  return `POST /api/commands/suggestion:post HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Forwarded-For: ${address}\r\n${cookie ? `Cookie: ${cookie}\r\n` : ''}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

test('ten thousand posts at once from one address are refused without asking the database, and the others’ arrive', {
  timeout: 120_000,
}, async () => {
  const meeting = await makeMeeting(secretary)
  const attacker = await app.visitor()
  const [neighbours, elsewhere] = [
    await Promise.all([0, 1, 2].map(() => app.visitor())),
    await Promise.all([0, 1, 2].map(() => app.visitor())),
  ]
  let acquired = 0
  app.db.pool.on('acquire', () => void acquired++)
  const begun = performance.now()
  const flooding = flood(10_000, rawPost(meeting.id, hall, attacker.cookie))
  const others = Promise.all([
    // The attacker sits in the hall, behind the same address as these.
    ...neighbours.map((person) => insistFrom(person, hall, meeting.id, '渡口晚上加一班船')),
    ...elsewhere.map((person) => insistFrom(person, '198.51.100.99', meeting.id, '村口的公交站太远')),
  ])
  expect(await others).toEqual([200, 200, 200, 200, 200, 200])
  const statuses = await flooding
  const seconds = (performance.now() - begun) / 1_000
  console.log(`10,000 posts in ${seconds.toFixed(1)} s: ${JSON.stringify(statuses)}, ${acquired} connections of the database taken`)
  expect(statuses['429']).toBeGreaterThanOrEqual(9_980)
  expect(statuses['200']).toBeLessThanOrEqual(10)
  expect(acquired).toBeLessThan(300)
  // Somebody new in the same hall gets in, too.
  expect((await postFrom(await app.visitor(), hall, meeting.id, '刚到会场')).status).toBe(200)
})

test('a flood without any account silences nobody behind its address either', { timeout: 120_000 }, async () => {
  const meeting = await makeMeeting(secretary)
  const neighbour = await app.visitor()
  const statuses = await flood(4_000, rawPost(meeting.id, flooder, ''))
  expect(statuses).toEqual({ 401: 80, 429: 3_920 })
  expect((await postFrom(neighbour, flooder, meeting.id, '我们还在')).status).toBe(200)
})

test('whoever posts too often is told when to try again', async () => {
  const meeting = await makeMeeting(secretary)
  const hasty = await app.visitor()
  const answers = []
  for (let turn = 0; turn < 11; turn++) answers.push(await postFrom(hasty, '198.51.100.20', meeting.id, `第${turn}条`))
  expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429])
  expect(answers[10]).toMatchObject({ retryAfter: '6', body: { error: { reason: 'too-many-requests', retryAfterMs: 6_000 } } })
  clock += 6_000
  expect((await postFrom(hasty, '198.51.100.20', meeting.id, '慢一点')).status).toBe(200)
})

const stateOf = (meetingId: string) => secretary.get<GuardState>(`/api/meetings/${meetingId}/guard`)

test('under attack, anonymous suggestions come with work done; nobody else’s do, and the chair’s side sees and decides it', {
  timeout: 60_000,
}, async () => {
  clock += 60_000
  const meeting = await makeMeeting(secretary)
  expect(await stateOf(meeting.id)).toMatchObject({ defence: 'auto', working: false, attackSince: null })
  const told = secretary.next('guard:changed')
  value(await secretary.ask('meeting:watch', { meetingId: meeting.id }))
  const crowd = await Promise.all(Array.from({ length: 5 }, () => app.visitor()))
  const statuses: number[] = []
  for (let turn = 0; turn < 9; turn++)
    statuses.push(...(await Promise.all(crowd.map((one) => postFrom(one, hall, meeting.id, `${turn} 刷屏`)))).map(({ status }) => status))
  expect(statuses).toEqual([...Array(40).fill(200), ...Array(5).fill(429)])
  expect(await told).toEqual({ meetingId: meeting.id })
  expect(await stateOf(meeting.id)).toMatchObject({ working: true, attackSince: new Date(clock).toISOString(), refusedPerMinute: 5 })

  const honest = await app.visitor()
  const { status, body } = await postFrom(honest, hall, meeting.id, '路灯坏了')
  expect([status, body.error?.reason]).toEqual([429, 'proof-needed'])
  const proof = await solve(body.error!.challenge!)
  expect((await postFrom(honest, hall, meeting.id, '路灯坏了', proof)).status).toBe(200)
  expect((await postFrom(honest, hall, meeting.id, '再用一次', proof)).body.error?.reason).toBe('proof-needed')
  const member = await app.person({ grants: [inRegion('member', districts.nanxun)] })
  expect((await postFrom(member, hall, meeting.id, '委员的建议')).status).toBe(200)

  expect(value(await secretary.post('guard:defend', { meetingId: meeting.id, defence: 'off' }))).toMatchObject({
    defence: 'off',
    working: false,
  })
  expect((await postFrom(honest, hall, meeting.id, '不用算了')).status).toBe(200)
  value(await secretary.post('guard:defend', { meetingId: meeting.id, defence: 'auto' }))
  clock += 4 * 60_000
  expect(await stateOf(meeting.id)).toMatchObject({ working: false, attackSince: null })
  expect((await postFrom(honest, hall, meeting.id, '平静了')).status).toBe(200)
  value(await secretary.post('guard:defend', { meetingId: meeting.id, defence: 'on' }))
  expect((await postFrom(honest, hall, meeting.id, '先算一算')).body.error?.reason).toBe('proof-needed')
  const trail = await app.db.pool.query(`select action from audit_entries where subject_id = $1 and action like 'guard:%' order by id`, [
    meeting.id,
  ])
  expect(trail.rows.map(({ action }) => action)).toEqual([
    'guard:attack',
    'guard:defend',
    'guard:defend',
    'guard:attack-over',
    'guard:defend',
  ])
})

test('very many new devices from one address have to work for their account', async () => {
  const small = await startApp({ env: { NEW_DEVICES_PER_MINUTE: '3', PROOF_BITS: '6' } })
  const signIn = (proof?: string) =>
    fetch(`${small.url}/api/auth/sign-in/anonymous`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: small.url, ...(proof && { [proofHeader]: proof }) },
      body: '{}',
    })
  for (let turn = 0; turn < 3; turn++) expect((await signIn()).status).toBe(200)
  const refused = await signIn()
  const { error } = (await refused.json()) as { error: Failure }
  expect([refused.status, error.reason]).toEqual([429, 'proof-needed'])
  const proof = await solve(error.challenge!)
  expect((await signIn(proof)).status).toBe(200)
  expect((await signIn(proof)).status).toBe(429)
  await small.close()
})

test('one device that makes account after account has to work for it', async () => {
  const visitor = await app.visitor()
  const device = visitor.cookie.split('; ').find((pair) => pair.startsWith('yishi.device='))!
  for (let turn = 0; turn < 5; turn++) await app.visitor(device)
  await expect(app.visitor(device)).rejects.toThrow('proof-needed')
})

test('guessing receipts comes to an end soon, for the guesser only', async () => {
  const meeting = await makeMeeting(secretary)
  const guesser = await app.visitor()
  const { receipt } = value(await guesser.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '一条' }))
  const guess = async (who: Person, code: string) => (await who.fetch(`/api/receipts/${code}`)).status
  const forged = () => Array.from({ length: 12 }, () => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Math.floor(Math.random() * 32)]).join('')
  const statuses: number[] = []
  for (let turn = 0; turn < 61; turn++) statuses.push(await guess(guesser, forged()))
  expect(statuses).toEqual([...Array(60).fill(404), 429])
  expect(await guess(guesser, receipt)).toBe(429)
  expect(await guess(await app.visitor(), receipt)).toBe(200)
  for (const bad of ["' or 1=1 --", '../../etc/passwd', 'x'.repeat(5_000), '%00', '🧾'.repeat(5)])
    expect(await guess(secretary, encodeURIComponent(bad))).toBe(400)
  expect(failure(await app.stranger().post('suggestion:publish', { suggestionId: receipt }))).toMatchObject({ code: 'invalid-input' })
})
