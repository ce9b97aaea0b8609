import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type AssignmentMove,
  type AssignmentStatus,
  assignmentParts,
  assignmentStatuses,
  followingNames,
  followingRuleOf,
  isAnswered,
  isDone,
  issueHindrance,
  isWorking,
  leadOf,
  mayMove,
  missingCountersigns,
  moveNames,
  movesFor,
  type Party,
  ruleOf,
} from '../../shared/assignment-machine.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Actor, Grant } from '../../shared/policy.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inOrganization, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { clerkOf, type Department, draftOf, issue, makeDepartment, replyTo, writeMinutes } from './outcomes.ts'

let app: TestApp
let secretary: Person
let partner: Person
let leader: Person
let clerk: Person
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
  leader = await app.person({ name: '分管副区长', grants: [inRegion('observer', districts.nanxun)] })
  transport = await makeDepartment(app, admin, districts.nanxun, '交通局')
  water = await makeDepartment(app, admin, districts.nanxun, '水利局')
  clerk = await clerkOf(app, transport)
  meeting = await makeMeeting(secretary)
  blockIds = await writeMinutes(app, secretary, meeting, ['同意增开晚间渡船。'])
})
afterAll(() => app.close())

async function given() {
  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds)))
  return { recommendation, assignment: await issue(secretary, recommendation, transport.organization) }
}
const readAll = ({ id }: Pick<Recommendation, 'id'>) => secretary.get<Recommendation>(`/api/recommendations/${id}`)
const read = async ({ id, recommendationId }: Assignment) =>
  (await readAll({ id: recommendationId })).assignments.find((one) => one.id === id)!
const back = (assignmentId: string, proposedId: string | null = null) => ({ assignmentId, reason: '渡口照明由水利局管养', proposedId })

/** Asks for a move as somebody would. */
function ask(person: Person, move: AssignmentMove, assignmentId: string, part?: Assignment['part']) {
  const reason = '按职责分工办理'
  switch (move) {
    case 'sign':
    case 'accept':
      return person.post(`assignment:${move}`, { assignmentId })
    case 'draft':
    case 'reply':
      return person.post(`assignment:${move}`, replyTo(assignmentId, []))
    case 'countersign':
      return person.post('assignment:countersign', { assignmentId, text: `照明由我局管养，${v7()}` })
    case 'redraft':
    case 'incomplete':
    case 'recall':
      return person.post(`assignment:${move}`, { assignmentId, reason })
    case 'return':
      return person.post('assignment:return', back(assignmentId))
    case 'insist':
      return person.post('assignment:insist', { assignmentId, reason, ...(part && { part }) })
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
  expect(await read(assignment)).toMatchObject({ status: 'returned', issuedBy: '南浔秘书' })
  expect((await read(other)).status).toBe('issued')
  expect(failure(await ask(secretary, 'insist', assignment.id))).toEqual({ code: 'conflict', reason: 'lead-already-there' })
  value(await ask(secretary, 'insist', assignment.id, 'co-handler'))
  expect(await read(assignment)).toMatchObject({
    status: 'issued',
    part: 'co-handler',
    signedAt: null,
    steps: [{ move: 'return' }, { move: 'insist', byName: '南浔秘书' }],
  })
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

/** What holds of a recommendation's assignments whatever was done to them. */
function holds(assignments: readonly Party[]) {
  for (const hostCode of new Set(assignments.map((one) => one.hostCode))) {
    const mine = assignments.filter((one) => one.hostCode === hostCode)
    const leads = mine.filter(({ part, status }) => part === 'lead' && status !== 'returned')
    expect(leads.length).toBeLessThanOrEqual(1)
    const open = mine.filter(({ part, status }) => part === 'co-handler' && ['issued', 'signed'].includes(status))
    if (leads[0] && isDone(leads[0].status)) expect(open).toEqual([])
    for (const { part, status } of mine)
      expect([
        'issued',
        'signed',
        'returned',
        ...(part === 'lead' ? ['drafted', 'replied', 'accepted', 'closed', 'registered'] : ['countersigned']),
      ]).toContain(status)
  }
}

const actorOf = (accountId: string, ...grants: Grant[]): Actor => ({ accountId, name: '', anonymous: false, sessionId: null, grants })

test('whatever anybody does among several departments of two regions, one leads in each and none is lost', () => {
  const supervisor = v7()
  const places = [districts.nanxun, districts.nanxun, districts.nanxun, districts.wujiang, districts.wujiang].map((hostCode) => ({
    hostCode,
    organizationId: v7(),
  }))
  const actors = [
    ...Object.values(districts).map((code) => actorOf(v7(), inRegion('secretary', code))),
    ...places.flatMap(({ organizationId }) =>
      (['handler', 'head'] as const).map((role) => actorOf(v7(), inOrganization(role, organizationId))),
    ),
    actorOf(supervisor),
  ]
  const offers = (all: Party[]) => actors.flatMap((who) => all.flatMap((one) => movesFor(who, one, all).map((move) => ({ one, move }))))
  const wish = fc.record({
    place: fc.nat(places.length - 1),
    part: fc.constantFrom(...assignmentParts),
    pick: fc.nat(999),
    issues: fc.nat(3),
    follows: fc.option(fc.constantFrom(...followingNames)),
  })
  let [made, answered] = [0, 0]
  fc.assert(
    fc.property(fc.array(wish, { minLength: 20, maxLength: 60 }), (wishes) => {
      let all: Party[] = []
      for (const { place, part, pick, issues, follows } of wishes) {
        const { hostCode, organizationId } = places[place]!
        // What follows from a judgement that nobody knows beforehand.
        const followed = follows && all.find(({ status }) => followingRuleOf(follows).from.includes(status))
        if (followed) {
          const { to, nextRound } = followingRuleOf(follows)
          all = all.map((one) => (one === followed ? { ...one, status: to, round: one.round + (nextRound ? 1 : 0) } : one))
        }
        const offered = offers(all)
        if (issues === 0 || offered.length === 0) {
          if (all.some((one) => one.organizationId === organizationId) || issueHindrance(part, { hostCode }, all)) continue
          all = [
            ...all,
            { id: v7(), status: 'issued', part, organizationId, regionCode: hostCode, hostCode, round: 1, supervisor: { id: supervisor } },
          ]
        } else {
          const { one, move } = offered[pick % offered.length]!
          if (move === 'return') expect(one.round).toBe(1)
          if (move === 'insist' && issueHindrance(part, one, all)) continue
          const next = { ...one, status: ruleOf(move).to, part: move === 'insist' ? part : one.part }
          all = all.map((other) => (other === one ? next : other))
          made++
        }
        holds(all)
        if (isAnswered({ hostCode }, all)) answered++
      }
    }),
    { numRuns: 100 },
  )
  // Sequences that get nowhere would test nothing.
  expect(made).toBeGreaterThan(1_000)
  expect(answered).toBeGreaterThan(10)
})

test('no sequence of moves by anyone leaves the rules, and every move that was made is kept in order', async () => {
  const people = {
    clerk: [clerk, actorOf(clerk.accountId!, inOrganization('handler', transport.organization.id))],
    head: [transport.handler, actorOf(v7(), inOrganization('head', transport.organization.id))],
    other: [water.handler, actorOf(v7(), inOrganization('head', water.organization.id))],
    secretary: [secretary, actorOf(v7(), inRegion('secretary', districts.nanxun))],
    partner: [partner, actorOf(v7(), inRegion('secretary', districts.wujiang))],
    leader: [leader, actorOf(leader.accountId!)],
  } as const
  const names = Object.keys(people) as (keyof typeof people)[]
  // What leads on is asked for more often, so that sequences get far.
  const move = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...moveNames) },
    fc.constantFrom<AssignmentMove>('sign', 'countersign', 'reply'),
  )
  const wishes = fc.array(fc.tuple(move, fc.constantFrom(...names), fc.boolean()), { minLength: 12, maxLength: 16 })
  await fc.assert(
    fc.asyncProperty(wishes, async (sequence) => {
      const { recommendation, assignment } = await given()
      const beside = await issue(secretary, recommendation, water.organization, 'co-handler')
      const accountId = leader.accountId!
      value(await secretary.post('assignment:supervise', { recommendationId: recommendation.id, hostCode: districts.nanxun, accountId }))
      let now = await readAll(recommendation)
      for (const [name, who, first] of sequence) {
        const target = now.assignments.find(({ id }) => id === (first ? assignment : beside).id)!
        const [person, actor] = people[who]
        const offered = movesFor(actor, target, now.assignments).includes(name)
        const part = leadOf(target, now.assignments) ? 'co-handler' : 'lead'
        const result = await ask(person, name, target.id, part)
        const after = await readAll(recommendation)
        if (offered) {
          value(result)
          const { status, steps } = after.assignments.find(({ id }) => id === target.id)!
          expect([status, steps.map((step) => step.move)]).toEqual([ruleOf(name).to, [...target.steps.map((step) => step.move), name]])
        } else {
          // Either it was told that it may not, or it had been done before.
          if (result.ok) expect(after.version).toBe(now.version)
          expect(after).toEqual(now)
        }
        holds(after.assignments)
        for (const { part: own, status, reply } of after.assignments) expect(reply !== null).toBe(own === 'lead' && isDone(status))
        now = after
      }
    }),
    { numRuns: 6 },
  )
}, 120_000)

test('from every state there is a way to an answer that is found complete, and from there to its end', () => {
  const reach = (from: AssignmentStatus, seen = new Set([from])): Set<AssignmentStatus> => {
    for (const move of moveNames) {
      const { to } = ruleOf(move)
      if (mayMove(from, move) && !seen.has(to)) reach(to, seen.add(to))
    }
    for (const move of followingNames) {
      const { from: ends, to } = followingRuleOf(move)
      if (ends.includes(from) && !seen.has(to)) reach(to, seen.add(to))
    }
    return seen
  }
  const ends: AssignmentStatus[] = ['accepted', 'closed', 'registered']
  for (const status of assignmentStatuses.filter((one) => one !== 'countersigned')) expect(reach(status)).toContain('closed')
  for (const status of assignmentStatuses.filter((one) => one !== 'countersigned' && !ends.includes(one)))
    expect(reach(status)).toContain('accepted')
  // Beyond that nobody makes a move by hand: it follows from how the answer was judged.
  expect(moveNames.filter((move) => ends.some((end) => mayMove(end, move)))).toEqual([])
})

test('everybody is offered exactly the moves that are theirs now', () => {
  const [organizationId, supervisor] = [v7(), v7()]
  const party = (status: AssignmentStatus, part: Assignment['part'] = 'lead', of = organizationId): Party => ({
    id: v7(),
    status,
    part,
    organizationId: of,
    regionCode: districts.nanxun,
    hostCode: districts.nanxun,
    round: 1,
    supervisor: { id: supervisor },
  })
  const offered = (actor: Actor, part: Assignment['part'], ...beside: Party[]) =>
    Object.fromEntries(
      assignmentStatuses.flatMap((status) => {
        const one = party(status, part)
        const moves = movesFor(actor, one, [one, ...beside])
        return moves.length > 0 ? [[status, moves]] : []
      }),
    )
  const handler = actorOf('a', inRegion('member', districts.nanxun), inOrganization('handler', organizationId))
  const head = actorOf('b', inOrganization('head', organizationId))
  const mine = actorOf('c', inRegion('secretary', districts.nanxun))
  expect(offered(handler, 'lead')).toEqual({ issued: ['sign', 'return'], signed: ['draft', 'return'], drafted: ['draft', 'return'] })
  expect(offered(head, 'lead')).toEqual({
    issued: ['sign', 'return'],
    signed: ['draft', 'reply', 'return'],
    drafted: ['draft', 'redraft', 'reply', 'return'],
  })
  expect(offered(head, 'lead', party('signed', 'co-handler', v7()))).toEqual({
    issued: ['sign', 'return'],
    signed: ['draft', 'return'],
    drafted: ['draft', 'redraft', 'return'],
  })
  const beside = { issued: ['sign', 'return'], signed: ['countersign', 'return'], countersigned: ['countersign'] }
  expect(offered(handler, 'co-handler')).toEqual({ ...beside, drafted: ['return'] })
  expect(offered(handler, 'co-handler', party('replied', 'lead', v7())).countersigned).toBeUndefined()
  const recall = { issued: ['recall'], signed: ['recall'], drafted: ['recall'] }
  expect(offered(mine, 'lead')).toEqual({ ...recall, replied: ['incomplete', 'accept'], returned: ['insist'] })
  expect(offered(actorOf(supervisor), 'lead')).toEqual({ replied: ['incomplete', 'accept'] })
  expect(offered(actorOf('d', inRegion('secretary', districts.wujiang)), 'lead')).toEqual({})
  // Whoever answered once has it in the second round too; only the secretariat takes it away then.
  const again: Party = { ...party('signed'), round: 2 }
  expect(movesFor(head, again, [again])).toEqual(['draft', 'reply'])
  expect(movesFor(mine, again, [again])).toEqual(['recall'])
})

test('a lead waits for co-handlers of its own region alone, and for none that is out of it', () => {
  const party = (part: Assignment['part'], status: AssignmentStatus, hostCode: string): Party => ({
    ...{ id: v7(), status, part, organizationId: v7(), regionCode: hostCode, hostCode, round: 1, supervisor: null },
  })
  const { nanxun, wujiang } = districts
  const lead = party('lead', 'signed', nanxun)
  const waited = [party('co-handler', 'issued', nanxun), party('co-handler', 'signed', nanxun)]
  const others = [
    party('co-handler', 'returned', nanxun),
    party('co-handler', 'countersigned', nanxun),
    party('co-handler', 'issued', wujiang),
  ]
  expect(missingCountersigns(lead, [lead, ...waited, ...others])).toEqual(waited)
  expect(assignmentStatuses.filter(isWorking)).toEqual(['issued', 'signed', 'drafted'])
})

test('the diagram in the docs is drawn from the moves', async () => {
  const allRules = [
    ...moveNames.map((move) => [move, ruleOf(move)] as const),
    ...followingNames.map((move) => [move, followingRuleOf(move)] as const),
  ]
  const arrows = allRules.flatMap(([move, { from, to }]) => from.map((one) => `    ${one} --> ${to}: ${move}`))
  const rows = moveNames.map((move) => {
    const { from, to, by, part = 'both', starts, stops = [], resumes = [] } = ruleOf(move)
    const clocks = [
      starts ? [`${starts.join(', ')} begins`] : [],
      stops.map((kind) => `${kind} ends`),
      resumes.map((kind) => `${kind} runs on`),
    ].flat()
    return `| \`assignment:${move}\` | ${part} | ${from.join(', ')} | ${to} | \`${by}\` | ${clocks.join(', ')} |`
  })
  const after = followingNames.map((move) => {
    const { from, to, after, starts = [], stops = [] } = followingRuleOf(move)
    const clocks = [...stops.map((kind) => `${kind} ends`), ...(starts.length > 0 ? [`${starts.join(', ')} begins`] : [])]
    return `| ${move} | \`${after}\` | ${from.join(', ')} | ${to} | ${clocks.join(', ')} |`
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
    '    closed --> [*]',
    '```',
    '',
    '| command | part | from | to | right | deadlines |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    'In each co-hosting region one department leads and others may have a part. The lead’s answer waits until every co-handler of its',
    'region has counter-signed, and from then on nobody’s part changes. Moves of both parts are a department’s own (`assignment:handle`,',
    'with `assignment:answer` for its head alone), or its region’s secretariat’s (`assignment:issue`); `assignment:review` belongs to that',
    'secretariat and to the leader who supervises. In its second round a department no longer sends back what it answered for in the',
    'first; only its secretariat may take it away.',
    '',
    'What follows from how the answer was judged, and from looking back on it ([evaluations.md](evaluations.md)), nobody does by itself.',
    'After `reopen` the assignment is in its second round: what stands here of the time to reply is then that of the second round.',
    '',
    '| follows | after | from | to | deadlines |',
    '| --- | --- | --- | --- | --- |',
    ...after,
    '',
  ].join('\n')
  await expect(page).toMatchFileSnapshot('../../docs/assignments.md')
})
