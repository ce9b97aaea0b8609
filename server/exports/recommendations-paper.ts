import type { Meeting } from '../../shared/meetings.ts'
import { dateOnPaper } from '../../shared/on-paper.ts'
import type { Assignment, Recommendation, Reply } from '../../shared/recommendations.ts'
import { meetingFields } from './minutes-paper.ts'
import { numberHeadings, type Paper, type PaperBlock, plainPaper } from './paper.ts'
import { words } from './words.ts'

/** The recommendations of a meeting as an official paper: what is asked, where it comes from, and what became of it. */
export const recommendationsPaper = (meeting: Meeting, recommendations: readonly Recommendation[]): Paper =>
  plainPaper({
    mark: words.recommendations,
    title: meeting.title,
    blocks: [
      ...meetingFields(meeting),
      ...numberHeadings(recommendations.length > 0 ? recommendations.flatMap(blocksOf) : [paragraph(words.none)]),
    ],
  })

const paragraph = (text: string): PaperBlock => ({ kind: 'paragraph', runs: [{ text }] })

const blocksOf = (recommendation: Recommendation): PaperBlock[] => [
  { kind: 'heading', level: 1, text: recommendation.title },
  { kind: 'field', name: words.number, text: recommendation.number },
  { kind: 'heading', level: 2, text: words.body },
  ...recommendation.body.split('\n').map(paragraph),
  { kind: 'heading', level: 2, text: words.sources },
  ...sourceBlocks(recommendation),
  { kind: 'heading', level: 2, text: words.assignments },
  ...(recommendation.assignments.length > 0
    ? recommendation.assignments.flatMap((one) => assignmentBlocks(one, recommendation))
    : [paragraph(words.notAssigned)]),
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
    { kind: 'heading', level: 3, text: assignment.organizationName },
    { kind: 'field', name: words.department, text: `${assignment.regionPath.join('')}，${assignment.organizationName}` },
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
    ...(assignment.reply ? replyBlocks(assignment.reply, recommendation) : []),
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
