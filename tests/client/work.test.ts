import { describe, expect, test } from 'vitest'
import { isMine, tasksOf } from '../../client/home/tasks.ts'
import { addressOf, searchOf } from '../../client/ledger/useLedgerAddress.ts'
import { calendarDaysUntil, formatInstant } from '../../client/ui/dates.ts'
import { type Actor, stranger } from '../../shared/policy.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'

const mine = '00000000-0000-7000-8000-000000000001'
const others = '00000000-0000-7000-8000-000000000002'

const assignment = (
  id: string,
  organizationId: string,
  status: Assignment['status'],
  replyDueAt = '2026-12-31T00:00:00.000Z',
  part: Assignment['part'] = 'lead',
): Assignment => ({
  id,
  recommendationId: 'r',
  organizationId,
  organizationName: organizationId === mine ? '水利局' : '交通局',
  regionCode: '330503',
  regionPath: [],
  hostCode: '330503',
  hostPath: [],
  part,
  round: 1,
  issuedBy: null,
  earlierReplies: [],
  supervisor: null,
  status,
  issuedAt: '2026-11-01T00:00:00.000Z',
  signDueAt: '2026-11-08T00:00:00.000Z',
  replyDueAt,
  paused: false,
  warningDays: { sign: 2, reply: 7 },
  steps: [],
  signedAt: null,
  signedBy: null,
  reply: null,
})

const recommendation = (id: string, assignments: Assignment[]): Recommendation => ({
  id,
  meetingId: 'm',
  meetingTitle: '界河协商会',
  number: '浔议〔2026〕1号',
  title: '渡口',
  body: '',
  createdAt: '2026-11-01T00:00:00.000Z',
  proposers: [],
  suggestions: [],
  passages: [],
  assignments,
  version: 1,
})

const withRole = (role: Actor['grants'][number]['role'], scope: Actor['grants'][number]['scope']): Actor => ({
  ...stranger,
  accountId: 'someone',
  anonymous: false,
  grants: [{ role, scope }],
})
const handler = withRole('handler', { kind: 'organization', organizationId: mine })
const secretary = withRole('secretary', { kind: 'region', regionCode: '330503' })

describe('what waits for me', () => {
  const list = [
    recommendation('late', [assignment('later', mine, 'signed', '2027-01-31T00:00:00.000Z'), assignment('foreign', others, 'issued')]),
    recommendation('soon', [assignment('sooner', mine, 'issued'), assignment('done', mine, 'replied')]),
    recommendation('fresh', []),
  ]

  test("a handler signs and answers for the department's own assignments, the nearest deadline first", () => {
    expect(tasksOf(list, handler).map(({ key, kind }) => [key, kind])).toEqual([
      ['sooner', 'sign'],
      ['later', 'reply'],
    ])
  })

  test('a secretariat looks at answers, and issues what nobody leads', () => {
    const returned = recommendation('back', [
      assignment('gone', mine, 'returned'),
      assignment('beside', others, 'signed', undefined, 'co-handler'),
    ])
    expect(tasksOf([...list, returned], secretary).map(({ key, kind }) => [key, kind])).toEqual([
      ['done', 'review'],
      ['fresh', 'issue'],
      ['back', 'issue'],
    ])
  })

  test('an answer waits for the head, and before that for whoever counter-signs', () => {
    const head = withRole('head', { kind: 'organization', organizationId: mine })
    const kinds = (one: Recommendation, actor: Actor) => tasksOf([one], actor).map((task) => [task.kind, isMine(task)])
    const drafted = recommendation('d', [assignment('a', mine, 'drafted')])
    expect([kinds(drafted, handler), kinds(drafted, head)]).toEqual([[['head', false]], [['answer', true]]])
    const waiting = recommendation('w', [assignment('a', mine, 'drafted'), assignment('b', others, 'signed', undefined, 'co-handler')])
    expect([kinds(waiting, handler), kinds(waiting, head)]).toEqual([[['countersigns', false]], [['countersigns', false]]])
    const beside = recommendation('c', [assignment('a', others, 'signed'), assignment('b', mine, 'signed', undefined, 'co-handler')])
    expect(kinds(beside, handler)).toEqual([['countersign', true]])
  })

  test('nothing waits for a member', () => {
    expect(tasksOf(list, withRole('member', { kind: 'region', regionCode: '330503' }))).toEqual([])
  })
})

describe('the address of the ledger', () => {
  const readBack = (search: string) => searchOf(addressOf(new URLSearchParams(search))).toString()

  test('says what is shown, so that it can be sent to somebody', () => {
    const search = 'text=%E6%B8%A1%E5%8F%A3&state=signed&colour=red&regionCode=330503&year=2026&grade=C&sort=due&shape=board'
    expect(readBack(search)).toBe(search)
    expect(addressOf(new URLSearchParams(search)).filter).toEqual({
      text: '渡口',
      state: 'signed',
      colour: 'red',
      regionCode: '330503',
      year: 2026,
      grade: 'C',
    })
  })

  test.each(['', 'state=lost', 'year=nineteen', 'regionCode=1', 'organizationId=me', 'sort=random&shape=cloud', 'text=+', 'who=knows'])(
    'leaves out what cannot be: %s',
    (search) => {
      expect(addressOf(new URLSearchParams(search))).toEqual({ filter: {}, sort: 'newest', shape: 'table' })
    },
  )
})

describe('dates', () => {
  test('are written in one form for each language', () => {
    const at = new Date(2026, 10, 23, 14, 0).toISOString()
    expect(formatInstant(at, 'zh-CN')).toBe('2026年11月23日 周一 14:00')
    expect(formatInstant(at, 'en')).toBe('Mon 23 Nov 2026, 14:00')
  })

  test.each([
    [new Date(2026, 10, 23, 23, 59), 0],
    [new Date(2026, 10, 24, 0, 1), 1],
    [new Date(2026, 10, 22, 23, 59), -1],
  ])('days are counted by the calendar', (then, days) => {
    expect(calendarDaysUntil(then.toISOString(), new Date(2026, 10, 23, 12, 0))).toBe(days)
  })
})
