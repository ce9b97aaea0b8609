import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import type { Socket } from 'socket.io-client'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { participants } from '../../server/meetings/schema.ts'
import type { Command, Query, Result } from '../../shared/commands.ts'
import { commands, queries } from '../../shared/contract.ts'
import { type ErrorCode, errorStatus } from '../../shared/errors.ts'
import type { Evaluation } from '../../shared/evaluations.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { roles } from '../../shared/policy.ts'
import { openEditor, write } from '../minutes/editors.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inOrganization, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { payloadsFor } from './payloads.ts'
import { fingerprint } from './tables.ts'

// More runs find more: FUZZ_RUNS=500 npx vitest run tests/transport/anything.test.ts; a failure is repeated with its FUZZ_SEED.
const numRuns = Number(process.env.FUZZ_RUNS ?? 2)
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)

let app: TestApp
let secretary: Person
let everyone: [who: string, person: Person][]
let powerless: Person[]
let outcome: Record<string, string>
let judged: Record<string, string[]>
/** Ids of things that exist, by the property that names them. None is of the people who ask, since some could lock themselves out. */
const known = new Map<string, string[]>()

beforeAll(async () => {
  console.log(
    `seed ${seed}, ${numRuns} runs for each of ${Object.keys(commands).length} commands and ${Object.keys(queries).length} queries`,
  )
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ grants: [inRegion('secretary', '')] })
  const withRoles = await Promise.all(
    roles.map(async (role) => [role, await app.person({ grants: [inRegion(role, districts.nanxun)] })] as [string, Person]),
  )
  const [stranger, visitor, citizen] = [app.stranger(), await app.visitor(), withRoles.find(([role]) => role === 'citizen')![1]]
  powerless = [stranger, visitor, citizen]
  outcome = await makeOutcome()
  const grants = [inOrganization('handler', outcome.organizationId!), inOrganization('head', outcome.organizationId!)]
  const handler = await app.person({ grants })
  judged = await makeEvaluation(handler)
  everyone = [
    ['department', handler],
    ['stranger', stranger],
    ['visitor', visitor],
    ['administrator', await app.person({ grants: [inRegion('admin', '')] })],
    ...withRoles,
  ]
})
afterAll(() => app.close())

/** How often a command or query succeeded: payloads that all fail at the first check would test nothing. */
const successes = new Map<string, number>()

/** What comes after a meeting: words in the minutes, and a recommendation with an assignment. */
async function makeOutcome(): Promise<Record<string, string>> {
  const meeting = await makeMeeting(secretary)
  const editor = openEditor(app.url, secretary, meeting.id)
  await editor.loaded()
  const blockId = write(editor.doc, '晚间加开一班渡船')
  await editor.saved()
  editor.close()
  const organization = value(
    await secretary.post('organization:create', { id: v7(), regionCode: districts.nanxun, name: '交通局', kind: 'department' }),
  )
  const [recommendationId, assignmentId] = await give(meeting.id, blockId, organization.id)
  return { meetingId: meeting.id, blockId, organizationId: organization.id, recommendationId, assignmentId }
}

/** A recommendation that a department was given. */
async function give(meetingId: string, blockId: string, organizationId: string): Promise<[recommendationId: string, assignmentId: string]> {
  const draft = { id: v7(), meetingId, title: '渡口', body: '加班', suggestionIds: [], blockIds: [blockId] }
  const recommendation = value(await secretary.post('recommendation:create', draft))
  const assignmentId = v7()
  value(await secretary.post('assignment:issue', { id: assignmentId, recommendationId: recommendation.id, organizationId }))
  return [recommendation.id, assignmentId]
}

/** The department's answer, found complete and so to be judged, with a draw of evaluators. */
async function makeEvaluation(handler: Person): Promise<Record<string, string[]>> {
  const [, assignmentId] = await give(outcome.meetingId!, outcome.blockId!, outcome.organizationId!)
  value(await handler.post('assignment:sign', { assignmentId }))
  value(await handler.post('assignment:reply', { id: v7(), assignmentId, text: '已安排', items: [] }))
  value(await secretary.post('assignment:accept', { assignmentId }))
  const candidate = { id: v7(), category: 'member' as const, name: '评议员', affiliation: '' }
  value(await secretary.post('candidate:add', { regionCode: districts.nanxun, candidates: [candidate] }))
  const [evaluation] = await handler.get<Evaluation[]>(`/api/assignments/${assignmentId}/evaluations`)
  const counts = { member: 1, worthy: 0, expert: 0, 'third-party': 0 }
  const draw = value(await secretary.post('draw:prepare', { id: v7(), evaluationId: evaluation!.id, counts, announced: '体彩' }))
  return {
    assignmentId: [outcome.assignmentId!, assignmentId],
    evaluationId: [evaluation!.id],
    evaluatorId: evaluation!.mine.map(({ evaluatorId }) => evaluatorId),
    drawId: [draw.id],
    candidateId: [candidate.id],
  }
}

/** A live meeting with something of everything in it, so that near-valid payloads get far. */
async function prepare() {
  // What an earlier command set for a district could forbid what is made here.
  await app.db.pool.query('delete from region_settings where length(region_code) > 2')
  const meeting = await makeMeeting(secretary)
  const posted = await Promise.all(
    [1, 2, 3, 4, 5].map(async () => value(await secretary.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '加一班船' }))),
  )
  const [, , shown, alike, other] = posted.map(({ suggestion }) => suggestion.id) as [string, string, string, string, string]
  for (const suggestionId of [shown, other]) value(await secretary.post('suggestion:publish', { suggestionId }))
  value(await secretary.post('suggestion:merge', { suggestionId: alike, intoId: shown }))
  const invitation = value(
    await secretary.post('invitation:create', {
      id: v7(),
      meetingId: meeting.id,
      role: 'member',
      siteId: null,
      expiresInHours: 1,
      maxUses: 100,
    }),
  )
  const organization = value(
    await secretary.post('organization:create', { id: v7(), regionCode: districts.nanxun, name: '水利局', kind: 'department' }),
  )
  const victim = await app.person()
  const present = everyone.flatMap(([, { accountId, name }]) =>
    accountId ? [{ id: v7(), meetingId: meeting.id, accountId, name, role: 'member' as const }] : [],
  )
  await app.db.reader.insert(participants).values(present)
  const requestId = v7()
  value(
    await everyone
      .find(([who]) => who === 'recorder')![1]
      .post('floor:request', { id: requestId, meetingId: meeting.id, kind: 'question' }),
  )
  const vote = value(
    await secretary.post('vote:open', {
      id: v7(),
      meetingId: meeting.id,
      question: '加一班船？',
      secret: true,
      majority: 'simple',
      base: 'cast',
    }),
  )
  const proposal = value(
    await secretary.post('proposal:save', {
      ...{ id: v7(), meetingId: meeting.id, textVersion: 0, title: '渡口夜航', body: '建议加班', blockIds: [] },
      suggestionIds: [posted[0]!.suggestion.id],
    }),
  )
  value(await secretary.post('proposal:submit', { proposalId: proposal.id }))
  const version = value(await secretary.post('version:keep', { id: v7(), meetingId: outcome.meetingId!, name: '第一稿' }))
  const rollCall = value(await secretary.post('roll-call:start', { id: v7(), meetingId: meeting.id }))
  const sessions = await app.db.pool.query<{ id: string }>('select id from sessions where account_id = $1', [victim.accountId])
  await app.services.topics.themes.groupNow(meeting.id)
  const themes = await app.db.pool.query<{ id: string }>('select id from themes where meeting_id = $1', [meeting.id])
  const topics = await app.db.pool.query<{ id: string }>(
    `insert into topics (id, region_code, title, category, status, heat, proposed_at)
     values (gen_random_uuid(), $1, '渡口', '交通出行', 'proposed', 20, now()) returning id`,
    [districts.nanxun],
  )
  remember(meeting, {
    themeId: themes.rows.map((row) => row.id),
    topicId: topics.rows.map((row) => row.id),
    suggestionId: posted.map(({ suggestion }) => suggestion.id),
    intoId: posted.map(({ suggestion }) => suggestion.id),
    receipt: posted.map(({ receipt }) => receipt),
    token: [invitation.token],
    invitationId: [invitation.id],
    requestId: [requestId],
    organizationId: [organization.id, outcome.organizationId!],
    blockId: [outcome.blockId!],
    recommendationId: [outcome.recommendationId!],
    proposalId: [proposal.id, outcome.recommendationId!],
    accountId: [victim.accountId!],
    voteId: [vote.id],
    rollCallId: [rollCall.id],
    versionId: [version.id],
    from: [version.id, 'now'],
    to: [version.id, 'now'],
    sessionId: sessions.rows.map((row) => row.id),
    ...judged,
    // An id that is taken already, by something of another kind or the same.
    id: [meeting.id, posted[0]!.suggestion.id, organization.id, invitation.id, victim.accountId!],
  })
}

function remember(meeting: Meeting, more: Record<string, string[]>) {
  const agenda = meeting.agenda.map((item) => item.id)
  const entries = {
    meetingId: [meeting.id, outcome.meetingId!],
    code: [meeting.code],
    agendaItemId: agenda,
    siteId: meeting.sites.map((site) => site.id),
    regionCode: Object.values(districts),
    ...more,
  }
  for (const [name, ids] of Object.entries(entries)) known.set(name, ids)
}

const propertyOf = (name: string) => known.get(name) ?? []
const resultSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    error: z.strictObject({
      code: z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]),
      reason: z.string().regex(/^[a-z][a-z0-9-]+$/),
      fields: z.record(z.string(), z.string()).optional(),
    }),
  }),
])

/** What must hold of every answer: a valid success, or a refusal that is known, and never our own fault. */
function check(answer: unknown, output: z.ZodType, what: string): Result<unknown> {
  const result = resultSchema.safeParse(answer)
  if (!result.success) throw new Error(`${what}: an answer of no known shape: ${JSON.stringify(answer)?.slice(0, 500)}`)
  if (!result.data.ok && (result.data.error.code === 'internal' || result.data.error.code === 'unavailable'))
    throw new Error(`${what}: ${result.data.error.code}`)
  if (result.data.ok) {
    const fine = output.safeParse(result.data.value)
    successes.set(what.split(' ').at(-1)!, (successes.get(what.split(' ').at(-1)!) ?? 0) + 1)
    if (!fine.success) throw new Error(`${what}: a success of the wrong shape: ${fine.error.message.slice(0, 500)}`)
  }
  return result.data as Result<unknown>
}

async function overSocket(person: Person, name: string, payload: unknown): Promise<unknown> {
  // Sent as anything, though the type of the socket knows what each command takes.
  const socket = person.socket as unknown as Socket
  for (;;) {
    if (!socket.connected) socket.connect()
    const closed = new Promise<null>((resolve) => socket.once('disconnect', () => resolve(null)))
    const answer = await Promise.race([socket.timeout(15_000).emitWithAck(name, payload), closed])
    // The command before this one may have changed the rights of this connection, which is then closed: asked again, as the client does.
    if (answer !== null) return answer
  }
}

async function overHttp(person: Person, name: string, payload: unknown): Promise<unknown> {
  const response = await person.fetch(`/api/commands/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  })
  return checkStatus(response.status, await response.json())
}

function checkStatus(status: number, answer: unknown): unknown {
  const expected = (answer as Result<unknown>).ok === false ? errorStatus[(answer as { error: { code: ErrorCode } }).error.code] : 200
  if (status !== expected) throw new Error(`status ${status} for ${JSON.stringify(answer).slice(0, 300)}`)
  return answer
}

async function read(person: Person, query: Query, payload: unknown): Promise<unknown> {
  const given =
    typeof payload === 'object' && payload !== null ? Object.entries(payload as Record<string, unknown>) : [['x', payload] as const]
  const textOf = (item: unknown) =>
    encodeURIComponent((typeof item === 'string' ? item : (JSON.stringify(item) ?? '')).toWellFormed().slice(0, 1_000))
  let path: string = query.path
  const rest: string[] = []
  for (const [name, item] of given) {
    if (path.includes(`:${name}`) && textOf(item) !== '' && !/^\.+$/.test(textOf(item))) path = path.replace(`:${name}`, textOf(item))
    else rest.push(`${encodeURIComponent(String(name).toWellFormed())}=${textOf(item)}`)
  }
  const response = await person.fetch(`${path}?${rest.join('&')}`)
  const body = (await response.json()) as unknown
  return response.ok ? { ok: true, value: body } : checkStatus(response.status, body)
}

const limits = { seed, numRuns, interruptAfterTimeLimit: 60_000, endOnFailure: true } as const

// What somebody without a role can do: everything else that they ask for is refused.
const open = new Set([
  'suggestion:post',
  'suggestion:support',
  'stance:give',
  'receipt:claim',
  'invitation:accept',
  'meeting:watch',
  'room:leave',
  'probe:close',
  'notice:read',
  'notice:choose',
  'email:remove',
  // Whoever came in by an invitation has views, and removing one that is not there is no failure.
  'ledger-view:remove',
])

// These come first, while there is little to look through, and share what they find there: none of them changes it.
describe('what changes nothing', () => {
  beforeAll(async () => {
    await prepare()
    // What was written into minutes is compacted half a minute later by itself: now, and not between two looks.
    await app.services.minutes.close()
  })

  test.each(Object.entries<Command>(commands).filter(([name]) => !open.has(name)))(
    '%s of strangers, visitors and citizens changes nothing',
    { timeout: 90_000 },
    async (name, command) => {
      await Promise.all(powerless.map((person) => overHttp(person, 'suggestion:publish', {})))
      const before = await fingerprint(app)
      await fc.assert(
        fc.asyncProperty(payloadsFor(command.input, propertyOf), async (payload) => {
          const answers = await Promise.all(powerless.map((person) => (command.door ? overSocket : overHttp)(person, name, payload)))
          for (const answer of answers) expect(check(answer, command.output, name)).toMatchObject({ ok: false })
        }),
        limits,
      )
      expect(await fingerprint(app)).toEqual(before)
    },
  )

  test.each(Object.entries<Query>(queries))(
    '%s, asked for anything by anybody, answers or is refused with a reason',
    { timeout: 90_000 },
    async (_, query) => {
      await fc.assert(
        fc.asyncProperty(payloadsFor(query.input, propertyOf), async (payload) => {
          await Promise.all(
            everyone.map(async ([who, person]) => check(await read(person, query, payload), query.output, `${who} reads ${query.path}`)),
          )
        }),
        limits,
      )
    },
  )
})

test('a refused command of those who could do it changes nothing either', { timeout: 90_000 }, async () => {
  await prepare()
  const names = Object.keys(commands).filter((name) => !('door' in commands[name as keyof typeof commands])) as (keyof typeof commands)[]
  const attempt = fc
    .constantFrom(...names)
    .chain((name) => payloadsFor(commands[name].input, propertyOf).map((payload) => ({ name, payload })))
  const administrator = everyone.find(([who]) => who === 'administrator')![1]
  await fc.assert(
    fc.asyncProperty(attempt, async ({ name, payload }) => {
      const attempted = async () => {
        const before = await fingerprint(app)
        const result = check(await overHttp(administrator, name, payload), commands[name].output, name)
        return { before, after: result.ok ? before : await fingerprint(app) }
      }
      let { before, after } = await attempted()
      // An earlier command that succeeded may have set something going, such as what ends into the minutes. A refused one that changes something does so again.
      if (!isDeepStrictEqual(after, before)) ({ before, after } = await attempted())
      expect(after).toEqual(before)
    }),
    { ...limits, numRuns: numRuns * 10 },
  )
})

test.each(Object.entries<Command>(commands))(
  '%s, sent anything by anybody through both doors, succeeds or is refused with a reason',
  { timeout: 90_000 },
  async (name, command) => {
    await prepare()
    const payloads = payloadsFor(command.input, propertyOf)
    await fc.assert(
      fc.asyncProperty(payloads, fc.boolean(), async (payload, live) => {
        await Promise.all(
          everyone.map(async ([who, person]) => {
            const answer = await (live || command.door ? overSocket : overHttp)(person, name, payload)
            check(answer, command.output, `${who} sends ${name}`)
          }),
        )
      }),
      limits,
    )
  },
)

test('payloads are close enough to what is right that most commands and queries also succeed', () => {
  const all = [...Object.keys(commands), ...Object.values(queries).map((query) => query.path)]
  const never = all.filter((name) => !successes.has(name))
  console.log(`never succeeded: ${never.join(', ')}`)
  expect(never.length).toBeLessThan(all.length / 2)
})
