import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import type { Actor } from '../../shared/policy.ts'
import { type Proposal, standingOf } from '../../shared/proposals.ts'
import {
  mayReview,
  type ProposalStatus,
  proposalStatuses,
  type ReviewMove,
  reviewMoveNames,
  reviewMovesFor,
  reviewRuleOf,
} from '../../shared/review-machine.ts'
import { post } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { draftFor, rule } from './halls.ts'

let app: TestApp
let people: Record<'proposer' | 'first' | 'second', Person>
let meeting: Meeting

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  people = {
    proposer: await app.person({ grants: [inRegion('member', districts.nanxun)] }),
    first: await app.person({ grants: [inRegion('secretary', districts.nanxun)] }),
    second: await app.person({ grants: [inRegion('reviewer', districts.wujiang)] }),
  }
  meeting = await makeMeeting(people.first)
  await rule(people.first, {})
})
afterAll(() => app.close())

const grants: Record<keyof typeof people, Actor['grants']> = {
  proposer: [inRegion('member', districts.nanxun)],
  first: [inRegion('secretary', districts.nanxun)],
  second: [inRegion('reviewer', districts.wujiang)],
}
const actorOf = (who: keyof typeof people): Actor => ({
  accountId: people[who].accountId,
  name: '',
  anonymous: false,
  sessionId: null,
  grants: grants[who],
})

type Wish = ReviewMove | 'claim' | 'release' | 'take-over'

function ask(person: Person, wish: Wish, proposalId: string, intoId: string, fromId: string) {
  switch (wish) {
    case 'return':
    case 'unmerge':
      return person.post(`proposal:${wish}`, { proposalId, reason: '说明' })
    case 'take-over':
      return person.post('proposal:take-over', { proposalId, reason: '说明', fromId })
    case 'merge':
      return person.post('proposal:merge', { proposalId, intoId })
    default:
      return person.post(`proposal:${wish}`, { proposalId })
  }
}

async function newProposal(suggestionId: string): Promise<Proposal> {
  return value(await people.proposer.post('proposal:save', draftFor(meeting, { suggestionIds: [suggestionId] })))
}

/** As stored, whoever may read it. */
async function stored(id: string): Promise<Proposal> {
  return app.services.proposals.whole(app.db.reader, id)
}

test('no sequence of moves by anyone leaves the rules, what succeeds is what is offered, and every move is kept in order', async () => {
  const { suggestion } = await post(await app.visitor(), meeting, '渡口太黑')
  const target = await newProposal(suggestion.id)
  value(await people.proposer.post('proposal:submit', { proposalId: target.id }))
  const wishes = fc.array(
    fc.tuple(
      fc.constantFrom<Wish>(...reviewMoveNames, 'claim', 'release', 'take-over'),
      fc.constantFrom(...(Object.keys(people) as (keyof typeof people)[])),
    ),
    { minLength: 4, maxLength: 14 },
  )
  await fc.assert(
    fc.asyncProperty(wishes, async (sequence) => {
      const { id } = await newProposal(suggestion.id)
      value(await people.proposer.post('proposal:submit', { proposalId: id }))
      const made: string[] = ['submit']
      let stood: ProposalStatus = 'received'
      for (const [wish, who] of sequence) {
        const before = await stored(id)
        const offered = reviewMovesFor(actorOf(who), standingOf(before), new Date())
        const result = await ask(people[who], wish, id, target.id, before.claim?.accountId ?? v7())
        const after = await stored(id)
        if (wish === 'claim' || wish === 'release' || wish === 'take-over') {
          expect(after.status).toBe(before.status)
          if (wish === 'take-over' && result.ok && after.version > before.version) made.push(wish)
        } else if (after.version > before.version) {
          expect([wish, offered.includes(wish)]).toEqual([wish, true])
          const { to } = reviewRuleOf(wish)
          expect(after.status).toBe(to === 'before' ? stood : to)
          if (wish === 'merge') stood = before.status
          expect(mayReview(before.status, wish)).toBe(true)
          made.push(wish)
        } else if (offered.includes(wish)) expect([wish, result.ok]).toEqual([wish, true])
        expect(after.steps.map(({ move }) => move)).toEqual(made)
        expect(after.number !== null).toBe(after.status === 'ready')
        expect(after.mergedInto !== null).toBe(after.status === 'merged')
        if (after.claim) expect(['received', 'first-review', 'second-review']).toContain(after.status)
      }
    }),
    { numRuns: 6 },
  )
}, 60_000)

test('from everywhere but the ends there is a way to acceptance, and an end is the end', () => {
  const reach = (from: ProposalStatus, seen = new Set([from])): Set<ProposalStatus> => {
    for (const move of reviewMoveNames) {
      const { to } = reviewRuleOf(move)
      const next = to === 'before' ? 'received' : to
      if (mayReview(from, move) && !seen.has(next)) reach(next, seen.add(next))
    }
    return seen
  }
  for (const status of proposalStatuses) expect([status, reach(status).has('ready')]).toEqual([status, status !== 'dropped'])
  for (const end of ['ready', 'dropped'] as const) expect(reviewMoveNames.filter((move) => mayReview(end, move))).toEqual([])
})

test('the diagram in the docs is drawn from the moves', async () => {
  const arrows = reviewMoveNames.flatMap((move) => {
    const { from, to } = reviewRuleOf(move)
    const targets = to === 'before' ? ['received', 'first-review', 'second-review'] : [to]
    return from.flatMap((one) => targets.map((target) => `    ${one} --> ${target}: ${move}`))
  })
  const rows = reviewMoveNames.map((move) => {
    const { from, to, by, claim, frees } = reviewRuleOf(move)
    const held = claim === 'mine' ? 'has to be one’s own' : claim === 'nobody' ? 'there may be none' : ''
    const end = to === 'before' ? 'where it stood' : to
    return `| \`proposal:${move}\` | ${from.join(', ')} | ${end} | \`${by}\` | ${[held, frees ? 'ends' : ''].filter(Boolean).join(', and ')} |`
  })
  const page = [
    '# The review of a proposal',
    '',
    'Drawn from `shared/review-machine.ts` by `tests/proposals/machine.test.ts` (`vitest run tests/proposals -u` draws it anew).',
    '',
    '```mermaid',
    'stateDiagram-v2',
    '    [*] --> draft: save',
    ...arrows,
    '    ready --> [*]',
    '    dropped --> [*]',
    '```',
    '',
    'What is `ready` is a recommendation under a number of its region, and goes on as in [assignments.md](assignments.md).',
    '',
    '| command | from | to | right | claim |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    'Two people do the two reviews, unless the region lets one do both. Nothing comes back from another one once that is issued.',
    '',
    '`proposal:review` belongs to the secretariats of the meeting’s regions and to the reviewers (审查员) whom these appoint. Reviewers take over nobody’s',
    'claim and assign nothing.',
    '',
  ].join('\n')
  await expect(page).toMatchFileSnapshot('../../docs/review.md')
})
