import { expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import {
  type Action,
  type Actor,
  allow,
  can,
  covers,
  type Grant,
  type Role,
  roles,
  rules,
  type Scope,
  stranger,
} from '../../shared/policy.ts'

const here = '330503'
const meetingId = '018f0000-0000-7000-8000-000000000001'
const otherMeetingId = '018f0000-0000-7000-8000-000000000002'
const organizationId = '018f0000-0000-7000-8000-000000000003'
const otherOrganizationId = '018f0000-0000-7000-8000-000000000004'

const someone = (...grants: Grant[]): Actor => ({ accountId: 'account', name: '张三', anonymous: false, sessionId: 'session', grants })
const inRegion = (role: Role, regionCode: string) => someone({ role, scope: { kind: 'region', regionCode } })

const columns = [
  'admin',
  'secretary',
  'moderator',
  'recorder',
  'member',
  'citizen',
  'handler',
  'expert',
  'observer',
] as const satisfies Role[]

// The head of a department may what its handler may, and what is listed here: no column of its own.
const byHead: Action[] = ['assignment:answer']
// A reviewer sees to what is proposed, and to nothing else.
const byReviewer: Action[] = ['proposal:review', 'recommendation:read']

// Who may do what within the scope of their role: ● may, · may not. One column a role, in the order of `columns`.
const table: Record<Action, string> = {
  //                        adm sec mod rec mem cit han exp obs
  'account:manage': /*     */ '●   ·   ·   ·   ·   ·   ·   ·   ·',
  'session:revoke': /*     */ '●   ·   ·   ·   ·   ·   ·   ·   ·',
  'organization:create': /**/ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'webhook:manage': /*     */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'station:manage': /*     */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'meeting:read': /*       */ '●   ●   ●   ●   ●   ●   ●   ●   ●',
  'meeting:create': /*     */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'meeting:edit': /*       */ '●   ●   ●   ·   ·   ·   ·   ·   ·',
  'meeting:invite': /*     */ '●   ●   ●   ·   ·   ·   ·   ·   ·',
  'meeting:run': /*        */ '●   ●   ●   ·   ·   ·   ·   ·   ·',
  'room:enter': /*         */ '●   ●   ●   ●   ●   ·   ●   ●   ●',
  'room:chair': /*         */ '●   ●   ●   ·   ·   ·   ·   ·   ·',
  'room:speak': /*         */ '●   ●   ●   ●   ●   ·   ●   ●   ·',
  'vote:cast': /*          */ '·   ·   ·   ·   ●   ·   ·   ·   ·',
  'breakout:note': /*      */ '●   ●   ●   ●   ●   ·   ●   ●   ·',
  'attendance:read': /*    */ '●   ●   ●   ●   ·   ·   ·   ·   ·',
  'floor:request': /*      */ '●   ●   ●   ●   ●   ·   ●   ●   ·',
  'floor:give': /*         */ '●   ●   ●   ·   ·   ·   ·   ·   ·',
  'floor:preside': /*      */ '●   ·   ●   ·   ·   ·   ·   ·   ·',
  'recording:control': /*  */ '●   ●   ●   ·   ·   ·   ·   ·   ·',
  'recording:replay': /*   */ '●   ●   ●   ●   ●   ·   ●   ●   ●',
  'suggestion:post': /*    */ '●   ●   ●   ●   ●   ●   ●   ●   ●',
  'poll:answer': /*        */ '●   ●   ●   ●   ●   ●   ●   ●   ●',
  'photo:add': /*          */ '●   ●   ●   ●   ●   ●   ●   ●   ●',
  'still:send': /*         */ '·   ·   ·   ·   ·   ·   ·   ·   ·',
  'receipt:claim': /*      */ '●   ●   ●   ●   ●   ●   ●   ●   ●',
  'letters:ask': /*        */ '●   ●   ●   ●   ●   ●   ●   ●   ●',
  'suggestion:support': /* */ '●   ●   ●   ●   ●   ●   ●   ●   ●',
  'stance:give': /*        */ '●   ●   ●   ●   ●   ●   ●   ●   ●',
  'suggestion:read-all': /**/ '●   ●   ●   ●   ●   ·   ●   ●   ●',
  'suggestion:moderate': /**/ '●   ●   ●   ·   ·   ·   ·   ·   ·',
  'topic:decide': /*       */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'lexicon:edit': /*       */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'guard:rules': /*        */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'guard:defend': /*       */ '●   ●   ●   ·   ·   ·   ·   ·   ·',
  'minutes:read': /*       */ '●   ●   ●   ●   ●   ·   ●   ●   ●',
  'minutes:edit': /*       */ '●   ●   ●   ●   ·   ·   ·   ·   ·',
  'minutes:amend': /*      */ '●   ●   ●   ●   ●   ·   ●   ●   ·',
  'minutes:compile': /*    */ '●   ●   ●   ·   ·   ·   ·   ·   ·',
  'minutes:assign': /*     */ '●   ●   ●   ·   ·   ·   ·   ·   ·',
  'minutes:template': /*   */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'minutes:stage': /*      */ '●   ●   ●   ·   ·   ·   ·   ·   ·',
  'minutes:sign': /*       */ '·   ●   ●   ·   ·   ·   ·   ·   ·',
  'minutes:read-published': /**/ '●   ●   ●   ●   ●   ●   ●   ●   ●',
  'proposal:propose': /*   */ '●   ●   ●   ●   ●   ·   ·   ●   ·',
  'proposal:write': /*     */ '·   ·   ·   ·   ·   ·   ·   ·   ·',
  'proposal:co-sign': /*   */ '·   ·   ·   ·   ·   ·   ·   ·   ·',
  'proposal:review': /*    */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'proposal:take-over': /* */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'reviewer:appoint': /*   */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'proposal:rules': /*     */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'recommendation:create': /**/ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'recommendation:read': /**/ '●   ●   ●   ●   ●   ·   ●   ●   ●',
  'recommendation:classify': /**/ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'outcome:read': /*       */ '●   ●   ●   ●   ●   ●   ●   ●   ●',
  'assignment:issue': /*   */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'assignment:grant-time': /**/ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'clock:edit': /*         */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'assignment:remind': /*  */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'assignment:handle': /*  */ '·   ·   ·   ·   ·   ·   ●   ·   ·',
  'assignment:answer': /*  */ '·   ·   ·   ·   ·   ·   ·   ·   ·',
  'assignment:review': /*  */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'conversation:join': /*  */ '·   ·   ·   ·   ·   ·   ●   ·   ·',
  'conversation:propose': /**/ '·   ·   ·   ·   ·   ·   ·   ·   ·',
  'conversation:oversee': /**/ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'evaluation:give': /*    */ '·   ·   ·   ·   ·   ·   ●   ·   ·',
  'evaluation:manage': /*  */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'ledger:share': /*       */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'ledger:import': /*      */ '●   ●   ·   ·   ·   ·   ·   ·   ·',
  'export:read': /*        */ '●   ●   ●   ●   ●   ·   ●   ●   ●',
  'export:bundle': /*      */ '●   ●   ●   ●   ·   ·   ·   ·   ·',
  'audit:read': /*         */ '●   ·   ·   ·   ·   ·   ·   ·   ·',
}

/** What needs no role at all. */
const withoutRole: Partial<Record<Action, 'anyone' | 'signed in'>> = {
  'meeting:read': 'anyone',
  'minutes:read-published': 'anyone',
  'outcome:read': 'anyone',
  'letters:ask': 'anyone',
  'suggestion:post': 'signed in',
  'poll:answer': 'signed in',
  'photo:add': 'signed in',
  'receipt:claim': 'signed in',
  'suggestion:support': 'signed in',
  'stance:give': 'signed in',
}
/** What whoever made the thing may do to it. */
const byOwner: Action[] = [
  'session:revoke',
  'still:send',
  'proposal:write',
  'proposal:co-sign',
  'assignment:review',
  'conversation:propose',
  'conversation:oversee',
  'evaluation:give',
]

const actions = Object.keys(rules) as Action[]
const mayInTable = (action: Action, column: number) => table[action].split(/\s+/)[column] === '●'
const cells = actions.flatMap((action) => [
  ...columns.map((role, column) => ({ action, role: role as Role, may: mayInTable(action, column) })),
  { action, role: 'reviewer' as const, may: byReviewer.includes(action) || withoutRole[action] !== undefined },
  { action, role: 'head' as const, may: byHead.includes(action) || mayInTable(action, columns.indexOf('handler')) },
])

test('the table has a row for every action and a column for every role', () => {
  expect(Object.keys(table).sort()).toEqual([...actions].sort())
  expect([...columns, 'head', 'reviewer'].sort()).toEqual([...roles].sort())
  for (const [action, row] of Object.entries(table)) expect([action, row.split(/\s+/).length]).toEqual([action, columns.length])
})

test.each(cells)('$role, $action: $may', ({ action, role, may }) => {
  expect(can(inRegion(role, here), action, { regionCodes: [here], meetingId })).toBe(may)
  expect(can(someone({ role, scope: { kind: 'meeting', meetingId } }), action, { regionCodes: [here], meetingId })).toBe(may)
  expect(can(someone({ role, scope: { kind: 'organization', organizationId } }), action, { organizationId })).toBe(may)
})

test.each(cells.filter(({ action, may }) => may && !withoutRole[action]))(
  '$role may not $action outside the scope of the role',
  ({ action, role }) => {
    expect(can(inRegion(role, here), action, { regionCodes: ['320509'], meetingId })).toBe(false)
    expect(can(someone({ role, scope: { kind: 'meeting', meetingId } }), action, { regionCodes: [here], meetingId: otherMeetingId })).toBe(
      false,
    )
    expect(can(someone({ role, scope: { kind: 'organization', organizationId } }), action, { organizationId: otherOrganizationId })).toBe(
      false,
    )
  },
)

test.each(actions)('%s without any role', (action) => {
  const subject = { regionCodes: [here], meetingId, organizationId, ownerId: 'another' }
  const needs = withoutRole[action]
  expect(can(stranger, action, subject)).toBe(needs === 'anyone')
  expect(can({ ...someone(), anonymous: true }, action, subject)).toBe(needs !== undefined)
  expect(can(someone(), action, subject)).toBe(needs !== undefined)
})

test.each(actions)('%s to what is one’s own', (action) => {
  const own = { ownerId: 'account' }
  expect(can(someone(), action, own)).toBe(byOwner.includes(action) || withoutRole[action] !== undefined)
  // Nobody owns what has no owner, and a stranger owns nothing.
  expect(can(stranger, action, { ownerId: null })).toBe(withoutRole[action] === 'anyone')
  expect(can(someone(), action, { ownerId: null })).toBe(withoutRole[action] !== undefined)
})

test.each<[string, string, string[], boolean]>([
  ['the same region', here, [here], true],
  ['a township below', here, ['330503101'], true],
  ['a village below', here, ['330503101201'], true],
  ['the city above', here, ['3305'], false],
  ['the province above', here, ['33'], false],
  ['the district beside', here, ['330502'], false],
  ['another province', here, ['320509'], false],
  ['one of several co-hosting regions', here, ['320509', here], true],
  ['none of several co-hosting regions', here, ['320509', '310118'], false],
  ['no region at all', here, [], false],
  ['any region, for a role in the whole country', '', ['650000'], true],
  ['no region at all, for a role in the whole country', '', [], true],
])('a region’s scope and %s', (_, regionCode, regionCodes, expected) => {
  expect(covers({ kind: 'region', regionCode }, { regionCodes })).toBe(expected)
})

test.each<Scope>([
  { kind: 'region', regionCode: here },
  { kind: 'organization', organizationId },
  { kind: 'meeting', meetingId },
])('the scope of a $kind does not cover a thing that is in none', (scope) => {
  expect(covers(scope, {})).toBe(false)
})

test('a scope of the whole country covers things that are in no region', () => {
  expect(covers({ kind: 'region', regionCode: '' }, {})).toBe(true)
})

test('grants add up, each within its own scope', () => {
  const both = someone(
    { role: 'member', scope: { kind: 'region', regionCode: here } },
    { role: 'moderator', scope: { kind: 'meeting', meetingId } },
  )
  expect(can(both, 'meeting:run', { meetingId, regionCodes: ['11'] })).toBe(true)
  expect(can(both, 'meeting:run', { meetingId: otherMeetingId, regionCodes: [here] })).toBe(false)
  expect(can(both, 'room:enter', { meetingId: otherMeetingId, regionCodes: [here] })).toBe(true)
})

test('a refusal tells a stranger to sign in, and everybody else that they may not', () => {
  expect(() => allow(stranger, 'audit:read')).toThrow(new AppError('not-signed-in', 'not-signed-in'))
  expect(() => allow(someone(), 'audit:read')).toThrow(new AppError('not-allowed', 'not-allowed'))
  expect(() => allow(inRegion('admin', ''), 'audit:read')).not.toThrow()
})
