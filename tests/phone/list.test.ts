import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asKnown, learn, myEntries, nothingKnown, publicOf } from '../../client/phone/meeting/suggestionList.ts'
import type { Suggestion } from '../../shared/suggestions.ts'

const suggestion = (
  id: string,
  version: number,
  status: Suggestion['status'] = 'published',
  more: Partial<Suggestion> = {},
): Suggestion => ({
  id,
  meetingId: 'm',
  agendaItemId: null,
  authorName: '',
  text: `${id} at ${version}`,
  status,
  mergedIntoId: null,
  category: null,
  place: null,
  photoIds: [],
  pinned: false,
  supportCount: 1,
  answer: null,
  hideReason: null,
  createdAt: `2026-11-23T06:0${id.charCodeAt(0) % 10}:00.000Z`,
  version,
  ...more,
})
const withdrawn = (id: string, version: number) => ({ id, version, suggestion: null })

test('news that comes twice, late and out of order ends at the newest of each', () => {
  const item = fc.record({ id: fc.constantFrom('a', 'b', 'c'), version: fc.integer({ min: 1, max: 9 }) })
  fc.assert(
    fc.property(fc.array(item, { maxLength: 30 }), (items) => {
      const known = items.reduce((before, { id, version }) => learn(before, [asKnown(suggestion(id, version))]), nothingKnown)
      for (const [id, { version }] of known)
        expect(version).toBe(Math.max(...items.filter((other) => other.id === id).map((other) => other.version)))
    }),
  )
})

test('a withdrawn suggestion leaves the list and an older copy does not bring it back', () => {
  const known = learn(nothingKnown, [asKnown(suggestion('a', 2)), withdrawn('a', 3), asKnown(suggestion('a', 2))])
  expect(publicOf(known)).toEqual([])
})

test("only what is published or answered is everybody's, newest first", () => {
  const statuses = { a: 'published', b: 'pending', c: 'answered', d: 'hidden', e: 'merged' } as const
  const known = learn(
    nothingKnown,
    Object.entries(statuses).map(([id, status]) => asKnown(suggestion(id, 1, status))),
  )
  expect(publicOf(known).map(({ id }) => id)).toEqual(['c', 'a'])
})

test('my own are joined from the session and the phone, each as new as it is known', () => {
  const mine = [{ suggestion: suggestion('a', 2, 'merged', { mergedIntoId: 'c' }), receipt: 'RA' }]
  const kept = [
    { suggestion: suggestion('a', 1, 'pending'), receipt: 'RA' },
    { suggestion: suggestion('b', 1, 'pending'), receipt: 'RB' },
  ]
  const known = learn(nothingKnown, [asKnown(suggestion('b', 4, 'answered', { answer: '好' })), asKnown(suggestion('c', 1))])
  expect(myEntries(mine, kept, known)).toMatchObject([
    { receipt: 'RB', suggestion: { status: 'answered', answer: '好' } },
    { receipt: 'RA', suggestion: { status: 'merged' }, mergedIntoText: 'c at 1' },
  ])
})
