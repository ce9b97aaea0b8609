import type { Meeting } from '../../shared/meetings.ts'
import { dateOnPaper } from '../../shared/on-paper.ts'
import type { Assignment, Recommendation, Reply } from '../../shared/recommendations.ts'
import { meetingFields } from './minutes-paper.ts'
import { numberHeadings, type Paper, type PaperBlock, plainPaper } from './paper.ts'
import { dayOnPaper, words } from './words.ts'

/**
 * The recommendations of a meeting as an official paper: what is asked and where it comes from, to the departments that have it, and
 * as an attachment what became of it.
 */
export function recommendationsPaper(meeting: Meeting, recommendations: readonly Recommendation[], bodies: string[]): Paper {
  const [first, ...others] = recommendations
  const blocks = recommendations.length > 0 ? recommendations.flatMap(blocksOf) : [paragraph(words.none)]
  return {
    ...plainPaper({
      mark: words.recommendations,
      title: words.recommendationsTitle(meeting.title),
      blocks: [...meetingFields(meeting), ...numberHeadings(blocks)],
    }),
    // 7.2.5: the number of a paper with one; where there are several, each has its own with it.
    number: first && others.length === 0 ? first.number : '',
    recipients: recipientsOf(recommendations),
    attachments: handlingOf(recommendations),
    signed: first ? { bodies, date: dayOnPaper(latest(recommendations.map(({ createdAt }) => createdAt))) } : null,
  }
}

const latest = (instants: readonly string[]) => instants.reduce((last, one) => (Date.parse(one) > Date.parse(last) ? one : last))

/** The departments that were given any of them, each once. */
const recipientsOf = (recommendations: readonly Recommendation[]): string[] => [
  ...new Set(recommendations.flatMap(({ assignments }) => assignments.map(({ organizationName }) => organizationName))),
]

function handlingOf(recommendations: readonly Recommendation[]): Paper['attachments'] {
  const given = recommendations.filter(({ assignments }) => assignments.length > 0)
  const blocks = given.flatMap((recommendation): PaperBlock[] => [
    { kind: 'heading', level: 1, text: recommendation.title },
    { kind: 'field', name: words.number, text: recommendation.number },
    ...recommendation.assignments.flatMap((one) => assignmentBlocks(one, recommendation)),
  ])
  return given.length === 0 ? [] : [{ title: words.assignments, blocks: numberHeadings(blocks) }]
}

const paragraph = (text: string): PaperBlock => ({ kind: 'paragraph', runs: [{ text }] })

const blocksOf = (recommendation: Recommendation): PaperBlock[] => [
  { kind: 'heading', level: 1, text: recommendation.title },
  { kind: 'field', name: words.number, text: recommendation.number },
  { kind: 'heading', level: 2, text: words.body },
  ...recommendation.body.split('\n').map(paragraph),
  { kind: 'heading', level: 2, text: words.sources },
  ...sourceBlocks(recommendation),
]

const sourceBlocks = (recommendation: Recommendation): PaperBlock[] => [
  ...recommendation.passages.flatMap((passage): PaperBlock[] => [
    { kind: 'quote', runs: [{ text: passage.text }] },
    { kind: 'source', text: `——${words.fromMinutes}` },
  ]),
  ...recommendation.suggestions.flatMap((suggestion): PaperBlock[] => [
    { kind: 'quote', runs: [{ text: suggestion.text }] },
    { kind: 'source', text: words.suggestionBy(suggestion.authorName) },
  ]),
]

function assignmentBlocks(assignment: Assignment, recommendation: Recommendation): PaperBlock[] {
  return [
    { kind: 'heading', level: 2, text: assignment.organizationName },
    {
      kind: 'field',
      name: words.department,
      text: `${assignment.regionPath.join('')}，${assignment.organizationName}（${words.part[assignment.part]}）`,
    },
    { kind: 'field', name: words.state, text: words.status[assignment.status] },
    { kind: 'field', name: words.issuedAt, text: dateOnPaper(assignment.issuedAt) },
    ...(assignment.signedAt
      ? [
          {
            kind: 'field',
            name: words.signedAt,
            text: [dateOnPaper(assignment.signedAt), assignment.signedBy].filter(Boolean).join('，'),
          } as const,
        ]
      : []),
    { kind: 'field', name: words.replyDueAt, text: dateOnPaper(assignment.replyDueAt) },
    ...countersignBlocks(assignment),
    ...(assignment.reply ? replyBlocks(assignment.reply, recommendation) : []),
  ]
}

function countersignBlocks({ status, steps }: Assignment): PaperBlock[] {
  const step = steps.findLast(({ move }) => move === 'countersign')
  if (status !== 'countersigned' || !step) return []
  return [
    { kind: 'field', name: words.countersign, text: `${step.byName}，${dateOnPaper(step.at)}` },
    ...(step.reason || words.agrees).split('\n').map(paragraph),
  ]
}

function replyBlocks(reply: Reply, recommendation: Recommendation): PaperBlock[] {
  const textOf = new Map(recommendation.suggestions.map((suggestion) => [suggestion.id, suggestion.text]))
  return [
    { kind: 'field', name: words.reply, text: `${reply.repliedBy}，${dateOnPaper(reply.repliedAt)}` },
    ...reply.text.split('\n').map(paragraph),
    ...reply.items.flatMap((item): PaperBlock[] => [
      { kind: 'quote', runs: [{ text: textOf.get(item.suggestionId) ?? '' }] },
      {
        kind: 'item',
        marker: '·',
        depth: 0,
        runs: [{ text: `${words.outcome[item.outcome]}，${words.grade[item.grade]}`, bold: true }, { text: item.text && `：${item.text}` }],
      },
    ]),
  ]
}
