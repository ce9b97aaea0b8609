import { io, type Socket } from 'socket.io-client'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Command, Query } from '../../shared/commands.ts'
import { commands, type NewsItem, queries } from '../../shared/contract.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

const post = (body: string, headers: Record<string, string> = {}, name = 'meeting:open') =>
  secretary.fetch(`/api/commands/${name}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })

async function refusalOf(response: Response) {
  const body = (await response.json()) as { ok: boolean; error: object }
  expect(body.ok).toBe(false)
  return { status: response.status, ...body.error }
}

/** A connection that says what a browser of that page would say. */
function connectFrom(origin: string | undefined): Promise<{ socket: Socket; open: boolean }> {
  const extraHeaders = { cookie: secretary.cookie, ...(origin && { origin }) }
  const socket = io(app.url, { transports: ['websocket'], extraHeaders, forceNew: true, reconnection: false })
  return new Promise((resolve) => {
    socket.once('connect', () => resolve({ socket, open: true }))
    socket.once('connect_error', () => resolve({ socket, open: false }))
  })
}

test.each([
  ['half an object', '{"meetingId":'],
  ['nothing', ''],
  ['a word', 'open'],
  ['a number', '7'],
  ['null', 'null'],
  ['bytes that are no text', '\ud800'],
])('a body of %s is malformed', async (_, body) => {
  expect(await refusalOf(await post(body))).toMatchObject({ status: 400, code: 'invalid-input' })
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-99'])(
  'content of the type %s is refused, which a form of another site could send',
  async (type) => {
    const meeting = await makeMeeting(secretary, { live: false })
    expect(await refusalOf(await post(JSON.stringify({ meetingId: meeting.id }), { 'content-type': type }))).toMatchObject({ status: 400 })
    expect(await app.stranger().get(`/api/meetings/${meeting.id}`)).toEqual(meeting)
  },
)

test('a body that is too large is refused, also when it does not say how large it is', async () => {
  const large = JSON.stringify({ meetingId: 'x'.repeat(300_000) })
  expect(await refusalOf(await post(large))).toMatchObject({ status: 413, code: 'too-large' })
  const stream = new Response(large).body!
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: stream, duplex: 'half' } as RequestInit
  expect(await refusalOf(await secretary.fetch('/api/commands/meeting:open', init))).toMatchObject({ status: 413 })
})

test.each(['https://elsewhere.example', 'null', 'http://127.0.0.1', 'nonsense'])(
  'a page of %s can send no command and open no connection',
  async (origin) => {
    const meeting = await makeMeeting(secretary, { live: false })
    expect(await refusalOf(await post(JSON.stringify({ meetingId: meeting.id }), { origin }))).toMatchObject({
      status: 403,
      reason: 'foreign-origin',
    })
    expect(await app.stranger().get(`/api/meetings/${meeting.id}`)).toEqual(meeting)
    const { socket, open } = await connectFrom(origin)
    expect(open).toBe(false)
    socket.close()
  },
)

test('our own page, and a program that is no browser, can', async () => {
  for (const origin of [app.url, undefined]) {
    const meeting = await makeMeeting(secretary, { live: false })
    expect((await post(JSON.stringify({ meetingId: meeting.id }), origin ? { origin } : {})).status).toBe(200)
    const { socket, open } = await connectFrom(origin)
    expect(open).toBe(true)
    socket.close()
  }
})

test.each(['no:such', 'toString', '__proto__', 'constructor', 'meeting:OPEN', 'x'.repeat(500)])(
  'the command %s is unknown at both doors',
  async (name) => {
    expect(await refusalOf(await post('{}', {}, encodeURIComponent(name)))).toMatchObject({ status: 404, reason: 'no-such-command' })
    const socket = secretary.socket as unknown as Socket
    expect(await socket.timeout(5_000).emitWithAck(name, {})).toEqual({
      ok: false,
      error: { code: 'not-found', reason: 'no-such-command' },
    })
  },
)

test('a command of a live connection needs one', async () => {
  expect(await refusalOf(await post('{}', {}, 'room:leave'))).toMatchObject({ status: 400, reason: 'needs-a-connection' })
})

test.each(['/api/nothing', '/api/', '/api/auth/nothing', '/api/commands/meeting:open', '/assets/nothing.js', '/api/meetings/%E0%A4%A'])(
  'there is nothing to read at %s, and it says so',
  async (path) => {
    const response = await secretary.fetch(path)
    expect(await refusalOf(response)).toMatchObject({ code: expect.stringMatching(/^(not-found|invalid-input)$/) })
  },
)

test('a query is only read', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) expect((await secretary.fetch('/api/meetings', { method })).status).toBe(404)
})

test('what was asked for is never kept by a browser or a proxy', async () => {
  for (const path of ['/api/me', '/api/meetings']) expect((await secretary.fetch(path)).headers.get('cache-control')).toBe('no-store')
})

test('an event without an acknowledgement does nothing and harms nothing', async () => {
  const meeting = await makeMeeting(secretary, { live: false })
  const socket = secretary.socket as unknown as Socket
  socket.emit('meeting:open', { meetingId: meeting.id })
  socket.emit('meeting:open')
  socket.emit('meeting:open', { meetingId: meeting.id }, 'not a function')
  // Commands of one connection are begun in the order of their sending: the answer to this one comes after those above.
  expect(failure(await secretary.ask('meeting:end', { meetingId: meeting.id }))).toMatchObject({ reason: 'meeting-not-live' })
  expect(await app.stranger().get(`/api/meetings/${meeting.id}`)).toEqual(meeting)
})

test('both doors give one answer, and asking again with the same id does nothing twice, through whichever', async () => {
  const meeting = await makeMeeting(secretary)
  const citizen = await app.visitor()
  const wish = { id: v7(), meetingId: meeting.id, text: '公交加密' }
  const results = await Promise.all([
    citizen.ask('suggestion:post', wish),
    citizen.post('suggestion:post', wish),
    citizen.ask('suggestion:post', wish),
  ])
  for (const result of results) expect(value(result)).toEqual(value(results[0]!))
  expect(await secretary.get(`/api/meetings/${meeting.id}/suggestions`)).toHaveLength(1)
  const bad = { ...wish, text: '' }
  expect(await citizen.ask('suggestion:post', bad)).toEqual(await citizen.post('suggestion:post', bad))
})

test('news of one moment arrives as one frame, in the order in which it happened', async () => {
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'approval' })
  const room = await app.person({ grants: [inRegion('member', districts.nanxun)] })
  value(await room.ask('meeting:watch', { meetingId: meeting.id }))
  const frames: NewsItem[][] = []
  room.socket.on('news', (items) => void frames.push(items))
  const posts = Array.from({ length: 12 }, (_, n) =>
    secretary.ask('suggestion:post', { id: v7(), meetingId: meeting.id, text: `建议 ${n}` }),
  )
  const posted = (await Promise.all(posts)).map((result) => value(result).suggestion)
  const last = room.next('meeting:changed')
  value(await secretary.ask('meeting:end', { meetingId: meeting.id }))
  await last
  const heard = frames.flat().filter(([name]) => name === 'suggestion:changed')
  const ids = (items: unknown[]) => items.map((item) => (item as Suggestion).id)
  expect(ids(heard.map(([, payload]) => payload)).sort()).toEqual(ids(posted).sort())
  expect(frames.length).toBeLessThan(posted.length)
  expect(frames.at(-1)!.some(([name]) => name === 'meeting:changed')).toBe(true)
})

test('whoever asks too much is told so through both doors, and nobody else is', async () => {
  const perMinute = 20
  const limited = await startApp({ env: { COMMANDS_PER_MINUTE: String(perMinute) } })
  const [eager, calm] = [await limited.visitor(), await limited.visitor()]
  const ask = (person: Person) => person.post('meeting:open', { meetingId: v7() })
  const answers = await Promise.all(Array.from({ length: 30 }, () => ask(eager)))
  // A little of the share has come back meanwhile.
  const lives = await Promise.all(Array.from({ length: 6 }, () => eager.ask('meeting:watch', { meetingId: v7() })))
  const live = lives.at(-1)!
  const other = failure(await ask(calm))
  await limited.close()
  const refused = answers.filter((answer) => failure(answer).code === 'too-many-requests').length
  // Some of the share was used while signing in, and a little comes back while the test runs.
  expect(refused).toBeGreaterThanOrEqual(30 - perMinute - 2)
  expect(refused).toBeLessThanOrEqual(30 - perMinute + 2)
  expect(failure(live)).toEqual({ code: 'too-many-requests', reason: 'too-many-requests', retryAfterMs: expect.any(Number) })
  expect(other).toMatchObject({ code: 'not-found' })
})

test('behind a proxy, strangers are told apart by the address that the proxy saw, through both doors', async () => {
  const perMinute = 5
  const limited = await startApp({ env: { COMMANDS_PER_MINUTE: String(perMinute), TRUST_PROXY: 'true' } })
  const from = (claimed: string, seen: string) => ({ 'x-forwarded-for': `${claimed}, ${seen}` })
  const overHttp = async (headers: Record<string, string>) =>
    (
      await fetch(`${limited.url}/api/commands/meeting:open`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      })
    ).status
  const overSocket = async (headers: Record<string, string>) => {
    const socket = io(limited.url, { transports: ['websocket'], extraHeaders: headers, forceNew: true, reconnection: false })
    const answer = await socket.timeout(5_000).emitWithAck('meeting:open', {})
    socket.close()
    return (answer as { error: { code: string } }).error.code
  }
  for (let n = 0; n < perMinute; n++) await overHttp(from(`203.0.113.${n}`, '198.51.100.1'))
  expect(await overHttp(from('203.0.113.99', '198.51.100.1'))).toBe(429)
  expect(await overSocket(from('203.0.113.99', '198.51.100.1'))).toBe('too-many-requests')
  expect(await overHttp(from('203.0.113.99', '198.51.100.2'))).toBe(400)
  expect(await overSocket(from('203.0.113.99', '198.51.100.3'))).toBe('invalid-input')
  await limited.close()
})

type Operation = {
  operationId: string
  parameters?: { name: string; in: string; required: boolean; schema: object }[]
  requestBody?: object
  responses: Record<string, object>
}

test('the OpenAPI document lists every command and query, each with what it takes and answers', async () => {
  const document = await app.stranger().get<{ openapi: string; paths: Record<string, Record<string, Operation>> }>('/api/openapi.json')
  expect(document.openapi).toBe('3.1.0')
  const offered = Object.entries<Command>(commands).filter(([, command]) => command.door !== 'socket')
  const paths = [
    ...offered.map(([name]) => `/api/commands/${name}`),
    ...Object.values<Query>(queries).map(({ path }) => path.replace(/:(\w+)/g, '{$1}')),
  ]
  expect(Object.keys(document.paths).sort()).toEqual(paths.sort())
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
  for (const { path, method, operation } of operations) {
    expect(operation.responses).toMatchObject({
      200: { content: { 'application/json': { schema: expect.any(Object) } } },
      default: { content: expect.any(Object) },
    })
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    expect(inPath.map(({ name }) => `{${name}}`).sort()).toEqual((path.match(/\{\w+\}/g) ?? []).sort())
    expect(inPath.every(({ required }) => required)).toBe(true)
    expect([method, operation.requestBody !== undefined]).toEqual(path.startsWith('/api/commands/') ? ['post', true] : ['get', false])
  }
  // 3.1 is JSON Schema as it is; the older way of writing null would be ignored by its readers.
  expect(JSON.stringify(document)).not.toContain('"nullable"')
})
