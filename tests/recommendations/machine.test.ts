import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type AssignmentMove,
  type AssignmentStatus,
  assignmentStatuses,
  mayMove,
  moveNames,
  movesFor,
  ruleOf,
} from '../../shared/assignment-machine.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { draftOf, issue, makeDepartment, replyTo, writeMinutes } from './outcomes.ts'

type Department = Awaited<ReturnType<typeof makeDepartment>>
let app: TestApp
let secretary: Person
let partner: Person
let transport: Department
let water: Department
let meeting: Meeting
let blockIds: string[]

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  partner = await app.person({ name: '吴江秘书', grants: [inRegion('secretary', districts.wujiang)] })
  transport = await makeDepartment(app, admin, districts.nanxun, '交通局')
  water = await makeDepartment(app, admin, districts.nanxun, '水利局')
  meeting = await makeMeeting(secretary)
  blockIds = await writeMinutes(app, secretary, meeting, ['同意增开晚间渡船。'])
})
afterAll(() => app.close())

async function given() {
  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds)))
  return { recommendation, assignment: await issue(secretary, recommendation, transport.organization) }
}
const read = async ({ id, recommendationId }: Assignment) =>
  (await secretary.get<Recommendation>(`/api/recommendations/${recommendationId}`)).assignments.find((one) => one.id === id)!
const back = (assignmentId: string, proposedId: string | null = null) => ({ assignmentId, reason: '渡口照明由水利局管养', proposedId })

/** Asks for a move as somebody would. */
function ask(person: Person, move: AssignmentMove, assignmentId: string) {
  switch (move) {
    case 'sign':
      return person.post('assignment:sign', { assignmentId })
    case 'reply':
      return person.post('assignment:reply', replyTo(assignmentId, []))
    case 'return':
      return person.post('assignment:return', back(assignmentId))
    case 'insist':
      return person.post('assignment:insist', { assignmentId, reason: '按职责分工仍由贵局办理' })
  }
}

test('what is not ours goes back with the reason and whose it may be, and the secretariat gives it to another or insists', async () => {
  const { recommendation, assignment } = await given()
  value(await secretary.ask('meeting:watch', { meetingId: meeting.id }))
  const heard = secretary.next(
    'recommendation:changed',
    ({ id, assignments }) => id === recommendation.id && assignments[0]?.status === 'returned',
  )
  value(await transport.handler.post('assignment:return', back(assignment.id, water.organization.id)))
  expect((await heard).assignments[0]).toMatchObject({
    status: 'returned',
    steps: [
      { move: 'return', byName: '交通局承办人', reason: '渡口照明由水利局管养', proposed: { id: water.organization.id, name: '水利局' } },
    ],
  })
  const other = await issue(secretary, recommendation, water.organization)
  expect((await read(assignment)).status).toBe('returned')
  expect((await read(other)).status).toBe('issued')
  value(await ask(secretary, 'insist', assignment.id))
  const again = await read(assignment)
  expect(again).toMatchObject({ status: 'issued', signedAt: null, steps: [{ move: 'return' }, { move: 'insist', byName: '南浔秘书' }] })
})

test('a return without a reason, to itself or to nobody, and by anyone else is refused and changes nothing', async () => {
  const { assignment } = await given()
  const refused = async (wish: object, person = transport.handler) =>
    failure(await person.post('assignment:return', { ...back(assignment.id), ...wish }))
  expect(await refused({ reason: ' ' })).toMatchObject({ code: 'invalid-input' })
  expect(await refused({ proposedId: transport.organization.id })).toMatchObject({ code: 'invalid-input', reason: 'own-department' })
  expect(await refused({ proposedId: v7() })).toMatchObject({ code: 'not-found', reason: 'no-such-organization' })
  for (const person of [secretary, partner, water.handler]) expect((await refused({}, person)).code).toBe('not-allowed')
  expect((await refused({}, app.stranger())).code).toBe('not-signed-in')
  expect(await read(assignment)).toEqual(assignment)
})

test('of a signature and a return at once, in any order, both are kept or the later is told', async () => {
  const { assignment } = await given()
  const [, returned] = await Promise.all([ask(transport.handler, 'sign', assignment.id), ask(transport.handler, 'return', assignment.id)])
  value(returned)
  const { status, steps } = await read(assignment)
  expect(status).toBe('returned')
  expect(steps.at(-1)!.move).toBe('return')
})

test('no sequence of moves by anyone leaves the rules, and every move that was made is kept in order', async () => {
  const people = { handler: () => transport.handler, other: () => water.handler, secretary: () => secretary, partner: () => partner }
  const wishes = fc.array(fc.tuple(fc.constantFrom(...moveNames), fc.constantFrom(...(Object.keys(people) as (keyof typeof people)[]))), {
    maxLength: 8,
  })
  await fc.assert(
    fc.asyncProperty(wishes, async (sequence) => {
      const { assignment } = await given()
      let status: AssignmentStatus = 'issued'
      const made: AssignmentMove[] = []
      for (const [move, who] of sequence) {
        const allowed = who === (ruleOf(move).by === 'assignment:handle' ? 'handler' : 'secretary')
        const result = await ask(people[who](), move, assignment.id)
        if (!allowed) expect(failure(result).code).toBe('not-allowed')
        else if (mayMove(status, move)) {
          value(result)
          made.push(move)
          status = ruleOf(move).to
        }
        const now = await read(assignment)
        expect([now.status, now.steps.map((step) => step.move)]).toEqual([status, made])
        expect(now.reply !== null).toBe(status === 'replied')
      }
    }),
    { numRuns: 8 },
  )
}, 60_000)

test('from every state that is not an end there is a way to a reply, and a reply is the end', () => {
  const reach = (from: AssignmentStatus, seen = new Set([from])): Set<AssignmentStatus> => {
    for (const move of moveNames) {
      const { to } = ruleOf(move)
      if (mayMove(from, move) && !seen.has(to)) reach(to, seen.add(to))
    }
    return seen
  }
  for (const status of assignmentStatuses) expect(reach(status).has('replied')).toBe(true)
  expect(moveNames.filter((move) => mayMove('replied', move))).toEqual([])
})

test('everybody is offered exactly the moves that are theirs now', () => {
  const actor = (grants: Parameters<typeof inRegion>) => ({
    accountId: 'a',
    name: '',
    anonymous: false,
    sessionId: null,
    grants: [inRegion(...grants)],
  })
  const organizationId = v7()
  const handler = {
    ...actor(['member', districts.nanxun]),
    grants: [{ role: 'handler', scope: { kind: 'organization', organizationId } } as const],
  }
  const at = (status: AssignmentStatus) => ({ status, organizationId, regionCode: districts.nanxun })
  expect(assignmentStatuses.map((status) => movesFor(handler, at(status)))).toEqual([['sign', 'return'], ['reply', 'return'], [], []])
  expect(assignmentStatuses.map((status) => movesFor(actor(['secretary', districts.nanxun]), at(status)))).toEqual([[], [], [], ['insist']])
  expect(assignmentStatuses.flatMap((status) => movesFor(actor(['secretary', districts.wujiang]), at(status)))).toEqual([])
})

test('the diagram in the docs is drawn from the moves', async () => {
  const arrows = moveNames.flatMap((move) => ruleOf(move).from.map((from) => `    ${from} --> ${ruleOf(move).to}: ${move}`))
  const rows = moveNames.map((move) => {
    const { from, to, by, starts, stops } = ruleOf(move)
    return `| \`assignment:${move}\` | ${from.join(', ')} | ${to} | \`${by}\` | ${starts ? 'begin anew' : stops ? `${stops.join(', ')} ends` : ''} |`
  })
  const page = [
    '# The life of an assignment',
    '',
    'Drawn from `shared/assignment-machine.ts` by `tests/recommendations/machine.test.ts` (`vitest run tests/recommendations -u` draws it anew).',
    '',
    '```mermaid',
    'stateDiagram-v2',
    '    [*] --> issued: issue',
    ...arrows,
    '    replied --> [*]',
    '```',
    '',
    '| command | from | to | right | deadlines |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
  await expect(page).toMatchFileSnapshot('../../docs/assignments.md')
})
