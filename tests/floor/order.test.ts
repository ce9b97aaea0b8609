import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { standingsFrom } from '../../server/floor/standings.ts'
import { floorRequestKinds, type Speech } from '../../shared/floor.ts'
import { floorRules, inOrder, type Standing } from '../../shared/floor-order.ts'
import { addUp, withRunning } from '../../shared/speaking-times.ts'

type Waiting = { id: string; kind: (typeof floorRequestKinds)[number]; requestedAt: string; standing: Standing }

const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 10, 23, 6, minute, second)).toISOString()
const seconds = fc.nat({ max: 4 })
const standing = fc.record({
  firstTime: fc.boolean(),
  personSeconds: seconds,
  siteSeconds: seconds,
  regionSeconds: fc.array(seconds, { minLength: 5, maxLength: 5 }),
})
const waiting: fc.Arbitrary<Waiting> = fc.record({
  id: fc.uuid(),
  kind: fc.constantFrom(...floorRequestKinds),
  requestedAt: fc.nat({ max: 9 }).map((minute) => at(minute)),
  standing,
})
const queues = fc.uniqueArray(waiting, { selector: ({ id }) => id, maxLength: 12 })
const rule = fc.constantFrom(...floorRules)
const idsOf = (queue: readonly Waiting[]) => queue.map(({ id }) => id)

describe('the order of the queue', () => {
  test('is one for everybody: it does not depend on the order in which requests are read, and loses none', () => {
    fc.assert(
      fc.property(rule, queues, fc.infiniteStream(fc.nat()), (by, queue, keys) => {
        const shuffled = queue.map((one) => ({ one, key: keys.next().value })).sort((a, b) => a.key - b.key)
        const ordered = inOrder(by, queue)
        expect(
          idsOf(
            inOrder(
              by,
              shuffled.map(({ one }) => one),
            ),
          ),
        ).toEqual(idsOf(ordered))
        expect(idsOf(ordered).sort()).toEqual(idsOf(queue).sort())
        expect(inOrder(by, ordered)).toEqual(ordered)
      }),
    )
  })

  test('of two never depends on who else waits', () => {
    fc.assert(
      fc.property(rule, queues, (by, queue) => {
        const ordered = inOrder(by, queue)
        for (const [place, one] of ordered.entries())
          for (const after of ordered.slice(place + 1)) expect(idsOf(inOrder(by, [after, one]))).toEqual([one.id, after.id])
      }),
    )
  })

  test('is fair: having spoken longer brings nobody forward', () => {
    const more = fc.record({ person: seconds, site: seconds, region: seconds })
    fc.assert(
      fc.property(
        queues.filter(({ length }) => length > 0),
        fc.nat(),
        more,
        (queue, pick, { person, site, region }) => {
          const one = queue[pick % queue.length]!
          const { personSeconds, siteSeconds, regionSeconds } = one.standing
          const spoken: Standing = {
            firstTime: false,
            personSeconds: personSeconds + person,
            siteSeconds: siteSeconds + site,
            regionSeconds: regionSeconds.map((used) => used + region),
          }
          const later = queue.map((other) => (other === one ? { ...one, standing: spoken } : other))
          expect(idsOf(inOrder('fair', later)).indexOf(one.id)).toBeGreaterThanOrEqual(idsOf(inOrder('fair', queue)).indexOf(one.id))
        },
      ),
    )
  })

  test('lets nobody starve: whoever waits is given the word, however often the others ask again', () => {
    const people = fc.array(fc.record({ length: fc.integer({ min: 1, max: 90 }), spoken: fc.nat({ max: 300 }) }), {
      minLength: 2,
      maxLength: 6,
    })
    fc.assert(
      fc.property(people, (crowd) => {
        const used = crowd.map(({ spoken }) => spoken)
        const target = used.indexOf(Math.max(...used))
        // Everybody else can stay ahead only until their time has grown past the target's.
        const bound = crowd.reduce(
          (turns, { length, spoken }, who) => turns + (who === target ? 1 : Math.floor((used[target]! - spoken) / length) + 2),
          0,
        )
        for (let turn = 0; turn < bound; turn++) {
          const queue = used.map((personSeconds, who) => {
            const place = { firstTime: personSeconds === 0, personSeconds, siteSeconds: personSeconds, regionSeconds: [0, 0, 0, 0, 0] }
            // Whoever has just spoken asks again at once; the target asked last of all.
            return { id: String(who), kind: 'contribution', requestedAt: at(who === target ? 59 : 0), standing: place }
          })
          const next = Number(inOrder('fair', queue)[0]!.id)
          if (next === target) return
          used[next]! += crowd[next]!.length
        }
        throw new Error(`${target} was never given the word`)
      }),
    )
  })

  const plain: Standing = { firstTime: false, personSeconds: 60, siteSeconds: 60, regionSeconds: [60, 60, 60, 0, 0] }
  const one = (id: string, changes: Partial<Standing> = {}, rest: Partial<Waiting> = {}): Waiting => ({
    id,
    kind: 'contribution',
    requestedAt: at(0),
    standing: { ...plain, ...changes },
    ...rest,
  })
  test.each<[string, Waiting, Waiting]>([
    [
      'a point of order before everything else',
      one('b', { personSeconds: 900 }, { kind: 'point-of-order', requestedAt: at(5) }),
      one('a', { firstTime: true }),
    ],
    [
      'of two points of order the one that was raised first',
      one('b', { personSeconds: 900 }, { kind: 'point-of-order' }),
      one('a', { firstTime: true }, { kind: 'point-of-order', requestedAt: at(1) }),
    ],
    ['first-time speakers before repeaters, whatever their site has used', one('b', { firstTime: true, siteSeconds: 900 }), one('a')],
    ['then whoever has spoken less', one('b', { personSeconds: 59 }), one('a', { siteSeconds: 0 })],
    ['then the site that has spoken less', one('b', { siteSeconds: 59 }), one('a', { regionSeconds: [0, 0, 0, 0, 0] })],
    ['then the province that has spoken less', one('b', { regionSeconds: [59, 90, 90, 0, 0] }), one('a')],
    ['then the county that has spoken less', one('b', { regionSeconds: [60, 60, 59, 0, 0] }), one('a')],
    ['then whoever asked first', one('b'), one('a', {}, { requestedAt: at(1) })],
    ['and at last the ids', one('a'), one('b')],
  ])('%s', (_, first, second) => {
    expect(idsOf(inOrder('fair', [second, first]))).toEqual([first.id, second.id])
    expect(idsOf(inOrder('fair', [first, second]))).toEqual([first.id, second.id])
  })

  test('first come, first served regards nothing else but points of order', () => {
    const queue = [
      one('a', { firstTime: true }, { requestedAt: at(2) }),
      one('b', { personSeconds: 900 }, { requestedAt: at(1) }),
      one('c', { personSeconds: 900 }, { requestedAt: at(3), kind: 'point-of-order' }),
    ]
    expect(idsOf(inOrder('first-come', queue))).toEqual(['c', 'b', 'a'])
  })
})

describe('speaking times', () => {
  const speech = (changes: Partial<Speech>): Speech => ({
    id: 's',
    meetingId: 'm',
    agendaItemId: null,
    participantId: 'p1',
    name: '钱建国',
    siteId: 'hall',
    siteName: '主会场',
    regionCode: '330503',
    startedAt: at(0),
    endedAt: at(1),
    endReason: 'given-back',
    limitSeconds: 300,
    ...changes,
  })
  const spoken = [
    speech({}),
    speech({ participantId: 'p2', siteId: 'post', regionCode: '330503100', endedAt: at(0, 30) }),
    speech({ participantId: 'p3', siteId: null, regionCode: null, endedAt: at(0, 10) }),
    speech({ startedAt: at(5), endedAt: null }),
  ]
  const sites = [
    { siteId: 'hall', name: '主会场', regionCode: '330503', budgetMinutes: 10 },
    { siteId: 'post', name: '驿站', regionCode: '330503100', budgetMinutes: null },
  ]

  test('are added up by person, site and every level of region; the speech in progress is counted apart', () => {
    const times = addUp(spoken, sites, new Map([['33', '浙江省']]))
    expect(times.persons.map(({ participantId, seconds }) => [participantId, seconds])).toEqual([
      ['p1', 60],
      ['p2', 30],
      ['p3', 10],
    ])
    expect(times.sites.map(({ siteId, seconds, speeches }) => [siteId, seconds, speeches])).toEqual([
      ['hall', 60, 1],
      ['post', 30, 1],
    ])
    expect(times.regions.map(({ code, name, seconds }) => [code, name, seconds])).toEqual([
      ['33', '浙江省', 90],
      ['3305', '3305', 90],
      ['330503', '330503', 90],
      ['330503100', '330503100', 30],
    ])
    const live = withRunning(times, new Date(at(5, 20)))
    expect(live.persons[0]).toMatchObject({ participantId: 'p1', seconds: 80, speeches: 2 })
    expect(live.sites[0]).toMatchObject({ seconds: 80 })
    expect(live.regions.map(({ seconds }) => seconds)).toEqual([110, 110, 110, 30])
  })

  test('place whoever waits: having the word now is having spoken', () => {
    const standingOf = standingsFrom(spoken)
    expect(standingOf({ participantId: 'p2', siteId: 'post', regionCode: '330503100' })).toEqual({
      firstTime: false,
      personSeconds: 30,
      siteSeconds: 30,
      regionSeconds: [90, 90, 90, 30, 0],
    })
    expect(standingOf({ participantId: 'new', siteId: null, regionCode: null })).toEqual({
      firstTime: true,
      personSeconds: 0,
      siteSeconds: 0,
      regionSeconds: [0, 0, 0, 0, 0],
    })
    expect(standingsFrom([speech({ endedAt: null })])({ participantId: 'p1', siteId: 'hall', regionCode: '330503' }).firstTime).toBe(false)
  })
})
