import { z } from 'zod'
import { line } from './text.ts'

export const proposalLimits = { title: 80, body: 4_000, measure: 500, measures: 20 } as const

const span = (most: number) =>
  z
    .object({ min: z.number().int().min(1).max(most), max: z.number().int().min(1).max(most) })
    .refine(({ min, max }) => min <= max, { path: ['max'], message: 'less-than-min' })

/**
 * How a number reads: `{year}` and `{n}` stand for themselves, `{region}` for the region's name. No other digits, and the two are
 * not beside one another, so that no two numbers of a region ever read the same, even after the pattern was changed.
 */
export const numberPatternSchema = line(40)
  .refine((pattern) => /^[^{}]*(\{(region|year|n)\}[^{}]*)+$/.test(pattern), 'bad-pattern')
  .refine((pattern) => pattern.split('{year}').length === 2 && pattern.split('{n}').length === 2, 'bad-pattern')
  .refine((pattern) => !/\p{N}/u.test(pattern) && !/\{year\}(\{region\})?\{n\}|\{n\}(\{region\})?\{year\}/.test(pattern), 'bad-pattern')

/** What a region asks of a proposal that is handed in, and how it reviews and numbers. */
export const proposalRulesSchema = z.object({
  title: span(proposalLimits.title),
  body: span(proposalLimits.body),
  /** Words that have to stand somewhere in the text, all of them. */
  keywords: z.array(line(20)).max(20),
  /** Lines of the text have to begin with these. */
  headings: z.array(line(40)).max(10),
  /** How many concrete measures there have to be. */
  measures: z.number().int().min(0).max(proposalLimits.measures),
  /** One person may do the first and the second review. */
  sameReviewer: z.boolean(),
  /** After so long a claim that nobody went on with ends by itself. */
  claimHours: z.number().int().min(1).max(720),
  number: numberPatternSchema,
})
export type ProposalRules = z.infer<typeof proposalRulesSchema>

/** Where no region says otherwise. */
export const standardProposalRules: ProposalRules = {
  title: { min: 2, max: proposalLimits.title },
  body: { min: 2, max: proposalLimits.body },
  keywords: [],
  headings: [],
  measures: 0,
  sameReviewer: false,
  claimHours: 24,
  number: '协商建议〔{year}〕{n}号',
}

export const numberOf = (pattern: string, { region, year, n }: { region: string; year: number; n: number }) =>
  pattern.replace('{year}', String(year)).replace('{n}', String(n)).replaceAll('{region}', region)

export type Words = { title: string; body: string; measures: readonly string[] }

/** Letters that say something: what is only space does not make a text longer. */
export const lengthOf = (words: string) => [...words.replace(/\s/gu, '')].length

export type Broken =
  | { rule: 'title-too-short' | 'title-too-long' | 'body-too-short' | 'body-too-long' | 'measures-too-few'; wanted: number; is: number }
  | { rule: 'keyword-missing' | 'heading-missing'; wanted: string }
  | { rule: 'source-missing' }

/** Every rule that a proposal breaks, one by one, in the order of the form. `sources` counts all that it came from. */
export function brokenRules(rules: ProposalRules, { title, body, measures }: Words, sources: number): Broken[] {
  const text = [title, body, ...measures].join('\n').toLowerCase()
  const lines = body.split('\n').map((words) => words.trim())
  return [
    ...tooShortOrLong('title', rules.title, lengthOf(title)),
    ...tooShortOrLong('body', rules.body, lengthOf(body)),
    ...rules.headings
      .filter((heading) => !lines.some((words) => words.startsWith(heading)))
      .map((wanted) => ({ rule: 'heading-missing' as const, wanted })),
    ...rules.keywords.filter((word) => !text.includes(word.toLowerCase())).map((wanted) => ({ rule: 'keyword-missing' as const, wanted })),
    ...(measures.length < rules.measures ? [{ rule: 'measures-too-few' as const, wanted: rules.measures, is: measures.length }] : []),
    ...(sources === 0 ? [{ rule: 'source-missing' as const }] : []),
  ]
}

function tooShortOrLong(field: 'title' | 'body', { min, max }: { min: number; max: number }, is: number): Broken[] {
  if (is < min) return [{ rule: `${field}-too-short`, wanted: min, is }]
  return is > max ? [{ rule: `${field}-too-long`, wanted: max, is }] : []
}

/** The field of the form that a broken rule is about. */
export function fieldOf({ rule }: Broken): 'title' | 'body' | 'measures' | 'sources' {
  if (rule === 'source-missing') return 'sources'
  if (rule === 'measures-too-few') return 'measures'
  return rule.startsWith('title') ? 'title' : 'body'
}

/** The text of an accepted recommendation: the measures stand under it, each by itself. In Chinese, like the paper that it becomes. */
export const wholeText = ({ body, measures }: Pick<Words, 'body' | 'measures'>) =>
  measures.length === 0 ? body : [body, '具体措施：', ...measures.map((measure, place) => `${place + 1}. ${measure}`)].join('\n')
