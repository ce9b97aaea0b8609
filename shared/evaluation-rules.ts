import type { replyGrades, replyOutcomes } from './recommendations.ts'

/** The three who judge (三方评): who asked, people from outside who were drawn, and in return the department. */
export const evaluatorSides = ['proposer', 'external', 'department'] as const
export type EvaluatorSide = (typeof evaluatorSides)[number]

/** 提得好 (well put), 办得好 (well handled), 聚得好 (consensus reached). */
export const questions = ['put', 'handled', 'consensus'] as const
export type Question = (typeof questions)[number]

/** Nobody judges their own work: the proposer not how it was put, the department not how it was handled. */
export const askedOf: Record<EvaluatorSide, readonly Question[]> = {
  proposer: ['handled', 'consensus'],
  external: ['put', 'handled', 'consensus'],
  department: ['put', 'consensus'],
}

/** A satisfied, B basically satisfied, C not satisfied. */
export const evaluationGrades = ['A', 'B', 'C'] as const
export type EvaluationGrade = (typeof evaluationGrades)[number]

/** A mark from 1 to 5 for a question. */
export type Marks = { [Q in Question]?: number | undefined }
export type Ballot = { grade: EvaluationGrade; marks: Marks; words: string }
export type SideResult = {
  side: EvaluatorSide
  evaluators: number
  given: number
  grades: Record<EvaluationGrade, number>
  /** The grade that half of the side or more gave, or a worse one; null when nobody did. */
  grade: EvaluationGrade | null
  means: Marks
}

/** Of fewer the public is told how many judged, and not how: marks of two or three people are easily traced to them. */
export const fewestShown = 5

/** What the public may read of a side. A department judges as an office, and nobody has to be kept unknown. */
export const isShown = ({ side, given }: Pick<SideResult, 'side' | 'given'>) => side === 'department' || given >= fewestShown

/** What a side said as a whole. */
export function resultOf(side: EvaluatorSide, ballots: readonly (Ballot | null)[]): SideResult {
  const given = ballots.filter((ballot) => ballot !== null)
  const grades = { A: 0, B: 0, C: 0 }
  for (const { grade } of given) grades[grade] += 1
  const sorted = given.map(({ grade }) => grade).sort()
  const means: SideResult['means'] = {}
  for (const question of askedOf[side]) {
    const marks = given.flatMap(({ marks }) => marks[question] ?? [])
    if (marks.length > 0) means[question] = marks.reduce((sum, mark) => sum + mark, 0) / marks.length
  }
  // Of an even number the worse of the two in the middle: a doubt is for whoever asked.
  return { side, evaluators: ballots.length, given: given.length, grades, grade: sorted[Math.floor(sorted.length / 2)] ?? null, means }
}

/** When a reply is not good enough. A region sets it for itself and all below. */
export type EvaluationRules = {
  /** Grades that the department itself gives to what it replies. */
  replyGrades: ('B' | 'C')[]
  /** Grades of the proposers' or the external evaluators' side. */
  evaluatedGrades: ('B' | 'C')[]
  /** A side whose mean for 办得好 or 聚得好 lies below; 1 for never. */
  lowestMean: number
}

/** B or C opens a second round: the hall's rule, where no region says otherwise. */
export const hallRules: EvaluationRules = { replyGrades: ['B', 'C'], evaluatedGrades: ['B', 'C'], lowestMean: 3 }

export type Because =
  | { kind: 'reply-grade'; grade: EvaluationGrade }
  | { kind: 'side-grade'; side: EvaluatorSide; grade: EvaluationGrade }
  | { kind: 'low-mark'; side: EvaluatorSide; question: Question; mean: number }
  | { kind: 'not-adopted'; count: number }

/** What becomes of an assignment when its evaluation closes: done with, a second round, or the register of what was not adopted. */
export const conclusions = ['close', 'reopen', 'register'] as const
export type Conclusion = (typeof conclusions)[number]

type Item = { outcome: (typeof replyOutcomes)[number]; grade: (typeof replyGrades)[number] }
type Facts = { round: number; items: readonly Item[]; results: readonly SideResult[]; rules: EvaluationRules }

/** The last round: what is not settled then goes to the register. */
export const lastRound = 2

/** What follows from a reply and how it was judged, with every reason for it. A department's own judgement in return decides nothing. */
export function conclude({ round, items, results, rules }: Facts): { conclusion: Conclusion; because: Because[] } {
  const judging = results.filter(({ side }) => side !== 'department')
  const isOneOf = (grades: readonly string[], grade: string | null) => grade !== null && grades.includes(grade)
  const judged: Because[] = judging.flatMap(({ side, grade, means }) => [
    ...(grade !== null && isOneOf(rules.evaluatedGrades, grade) ? [{ kind: 'side-grade' as const, side, grade }] : []),
    ...(['handled', 'consensus'] as const).flatMap((question) => {
      const mean = means[question]
      return mean !== undefined && mean < rules.lowestMean ? [{ kind: 'low-mark' as const, side, question, mean }] : []
    }),
  ])
  if (round < lastRound) {
    const graded = rules.replyGrades
      .filter((grade) => items.some((item) => item.grade === grade))
      .map((grade) => ({ kind: 'reply-grade' as const, grade }))
    const because = [...graded, ...judged]
    return { conclusion: because.length > 0 ? 'reopen' : 'close', because }
  }
  const refused = items.filter(({ outcome }) => outcome === 'not-adopted').length
  const because = [...(refused > 0 ? [{ kind: 'not-adopted' as const, count: refused }] : []), ...judged]
  return { conclusion: because.length > 0 ? 'register' : 'close', because }
}
