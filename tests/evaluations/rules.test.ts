import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedOf, type Ballot, conclude, type EvaluatorSide, evaluatorSides, hallRules, resultOf } from '../../shared/evaluation-rules.ts'

const ballot = (side: EvaluatorSide, grade: Ballot['grade'], mark = 5): Ballot => ({
  grade,
  marks: Object.fromEntries(askedOf[side].map((question) => [question, mark])),
  words: '',
})
const results = (ballots: Partial<Record<EvaluatorSide, (Ballot | null)[]>>) =>
  evaluatorSides.flatMap((side) => (ballots[side] ? [resultOf(side, ballots[side])] : []))
const item = (outcome: 'adopted' | 'partly-adopted' | 'not-adopted', grade: 'A' | 'B' | 'C') => ({ outcome, grade })
const fine = [item('adopted', 'A')]

test('a side says what half of it or more says, and in doubt the worse', () => {
  const gradeOf = (...grades: Ballot['grade'][]) =>
    resultOf(
      'proposer',
      grades.map((grade) => ballot('proposer', grade)),
    ).grade
  expect(gradeOf('A', 'A', 'C')).toBe('A')
  expect(gradeOf('A', 'C')).toBe('C')
  expect(gradeOf('A', 'B', 'B', 'C')).toBe('B')
  expect(resultOf('external', [null, null])).toMatchObject({ evaluators: 2, given: 0, grade: null, means: {} })
  const marks = [1, 2, 5].map((mark) => ballot('external', 'A', mark))
  expect(resultOf('external', [...marks, null])).toMatchObject({
    evaluators: 4,
    given: 3,
    grades: { A: 3 },
    means: { put: 8 / 3, handled: 8 / 3 },
  })
})

test.each([
  ['all are content', fine, { proposer: [ballot('proposer', 'A')] }, 'close', []],
  ['nobody judged', fine, { proposer: [null], external: [null] }, 'close', []],
  [
    'the department graded an item B itself',
    [item('adopted', 'A'), item('partly-adopted', 'B')],
    {},
    'reopen',
    [{ kind: 'reply-grade', grade: 'B' }],
  ],
  ['the proposer says C', fine, { proposer: [ballot('proposer', 'C')] }, 'reopen', [{ kind: 'side-grade', side: 'proposer', grade: 'C' }]],
  [
    'one of the sides says C, the other A',
    fine,
    { proposer: [ballot('proposer', 'A')], external: [ballot('external', 'C'), ballot('external', 'C')] },
    'reopen',
    [{ kind: 'side-grade', side: 'external', grade: 'C' }],
  ],
  [
    'content in words and low in marks',
    fine,
    { external: [ballot('external', 'A', 2)] },
    'reopen',
    [
      { kind: 'low-mark', side: 'external', question: 'handled', mean: 2 },
      { kind: 'low-mark', side: 'external', question: 'consensus', mean: 2 },
    ],
  ],
  ['the department is not content with the recommendation', fine, { department: [ballot('department', 'C', 1)] }, 'close', []],
] as const)('after the first round, when %s', (_, items, ballots, conclusion, because) => {
  const given = ballots as Partial<Record<EvaluatorSide, (Ballot | null)[]>>
  expect(conclude({ round: 1, items, results: results(given), rules: hallRules })).toEqual({ conclusion, because })
})

test('after the last round what was not adopted, or is still not good enough, is registered; what is planned is done with', () => {
  const last = (items: ReturnType<typeof item>[], ballots = {}) =>
    conclude({ round: 2, items, results: results(ballots), rules: hallRules })
  expect(last([item('adopted', 'B')])).toEqual({ conclusion: 'close', because: [] })
  expect(last([item('adopted', 'A'), item('not-adopted', 'C')])).toEqual({
    conclusion: 'register',
    because: [{ kind: 'not-adopted', count: 1 }],
  })
  expect(last(fine, { proposer: [ballot('proposer', 'B')] }).conclusion).toBe('register')
})

test('a second round opens exactly when a rule says so, with the reason, and never after the last round', () => {
  const grade = fc.constantFrom('A', 'B', 'C') as fc.Arbitrary<'A' | 'B' | 'C'>
  const lowGrades = fc.subarray(['B', 'C'] as ('B' | 'C')[])
  const side = (name: EvaluatorSide) =>
    fc.array(fc.option(fc.tuple(grade, fc.integer({ min: 1, max: 5 })).map(([one, mark]) => ballot(name, one, mark))), { maxLength: 5 })
  const facts = fc.record({
    round: fc.constantFrom(1, 2),
    items: fc.array(fc.record({ outcome: fc.constantFrom('adopted', 'partly-adopted', 'not-adopted') as fc.Arbitrary<'adopted'>, grade })),
    results: fc
      .record({ proposer: side('proposer'), external: side('external'), department: side('department') })
      .map((ballots) => results(ballots)),
    rules: fc.record({ replyGrades: lowGrades, evaluatedGrades: lowGrades, lowestMean: fc.integer({ min: 1, max: 5 }) }),
  })
  fc.assert(
    fc.property(facts, ({ round, items, results, rules }) => {
      const { conclusion, because } = conclude({ round, items, results, rules })
      expect(because.length > 0).toBe(conclusion !== 'close')
      expect(conclusion === 'reopen').toBe(round === 1 && because.length > 0)
      const judged = results.some(
        ({ side, grade, means }) =>
          side !== 'department' &&
          ((grade !== null && grade !== 'A' && rules.evaluatedGrades.includes(grade)) ||
            Math.min(means.handled ?? 5, means.consensus ?? 5) < rules.lowestMean),
      )
      const graded = items.some((one) => one.grade !== 'A' && rules.replyGrades.includes(one.grade))
      const refused = items.some(({ outcome }) => (outcome as string) === 'not-adopted')
      expect(because.length > 0).toBe(judged || (round === 1 ? graded : refused))
    }),
  )
})
