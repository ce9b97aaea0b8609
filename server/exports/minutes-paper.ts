import type { Meeting } from '../../shared/meetings.ts'
import {
  groupCitationSchema,
  headOf,
  type MinutesNode,
  pollCitationSchema,
  pollText,
  speechCitationSchema,
  suggestionCitationSchema,
  textOf,
  voteCitationSchema,
  voteText,
} from '../../shared/minutes.ts'
import { headFieldNames, headFields, wordBlockNames } from '../../shared/minutes-nodes.ts'
import { dateOnPaper } from '../../shared/on-paper.ts'
import type { SpeakingTimes } from '../../shared/speaking-times.ts'
import { numberHeadings, type Paper, type PaperBlock, type Run } from './paper.ts'
import { timeTables } from './time-tables.ts'
import { durationOnPaper, words } from './words.ts'

/** The minutes as an official paper. */
export const minutesPaper = (meeting: Meeting, document: MinutesNode, times: SpeakingTimes): Paper => ({
  mark: words.minutes,
  title: meeting.title,
  blocks: [
    ...(headOf(document) ? [] : meetingFields(meeting)),
    ...numberHeadings((document.content ?? []).flatMap(blocksOf)),
    ...timeTables(times),
  ],
})

/** When and where a meeting was, as the head of a paper says it. */
export const meetingFields = (meeting: Meeting): PaperBlock[] => [
  { kind: 'field', name: words.time, text: dateOnPaper(meeting.openedAt ?? meeting.startsAt) },
  { kind: 'field', name: words.regions, text: meeting.regions.map((region) => region.path.join('')).join('、') },
  { kind: 'field', name: words.sites, text: meeting.sites.map((site) => site.name).join('、') },
]

type Renderer = (node: MinutesNode) => PaperBlock[]

const renderers: Record<string, Renderer> = {
  heading: (node) => [
    {
      kind: 'heading',
      level: levelOf(node),
      text: runsOf(node)
        .map((run) => run.text)
        .join(''),
    },
  ],
  paragraph: (node) => [{ kind: 'paragraph', runs: runsOf(node) }],
  meetingHead: headBlocks,
  decision: (node) => [{ kind: 'paragraph', runs: [{ text: `${wordBlockNames.decision}：`, bold: true }, ...runsOf(node)] }],
  recommendationPassage: (node) => [
    { kind: 'paragraph', runs: [{ text: `${wordBlockNames.recommendationPassage}：`, bold: true }, ...runsOf(node)] },
  ],
  table: (node) => {
    const [head = [], ...rows] = (node.content ?? []).map((row) => (row.content ?? []).map((cell) => textOf(cell)))
    return [{ kind: 'table', title: '', head, rows }]
  },
  image: (node) => [{ kind: 'source', text: textOf(node) }],
  codeBlock: (node) => [{ kind: 'paragraph', runs: runsOf(node) }],
  blockquote: (node) => (node.content ?? []).flatMap(blocksOf).map(asQuote),
  bulletList: (node) => itemsOf(node, () => '·', 0),
  orderedList: (node) => itemsOf(node, (n) => `${n}.`, 0),
  suggestionCitation: suggestionBlocks,
  speechCitation: speechBlocks,
  voteResult: voteBlocks,
  pollResult: pollBlocks,
  groupResult: groupBlocks,
}

// What an extension of a later version wrote is not known here; its words are kept.
const blocksOf: Renderer = (node) =>
  Object.hasOwn(renderers, node.type) ? renderers[node.type]!(node) : [{ kind: 'paragraph', runs: runsOf(node) }]

function levelOf(node: MinutesNode) {
  const level = Number(node.attrs?.level)
  return level === 1 || level === 2 || level === 3 ? level : 4
}

function runsOf(node: MinutesNode): Run[] {
  if (node.type === 'hardBreak') return [{ text: '\n' }]
  if (node.type === 'footnote') return [{ text: textOf(node) }]
  if (node.type !== 'text') return (node.content ?? []).flatMap(runsOf)
  const has = (type: string) => node.marks?.some((mark) => mark.type === type) ?? false
  return [{ text: node.text ?? '', bold: has('bold'), italic: has('italic'), strike: has('strike'), underline: has('underline') }]
}

const asQuote = (block: PaperBlock): PaperBlock => (block.kind === 'paragraph' ? { kind: 'quote', runs: block.runs } : block)

function itemsOf(list: MinutesNode, markerOf: (n: number) => string, depth: number): PaperBlock[] {
  return (list.content ?? []).flatMap((item, place) => itemBlocks(item, markerOf(place + 1), depth))
}

/** The first block of an item carries its marker; lists within it stand deeper. */
function itemBlocks(item: MinutesNode, marker: string, depth: number): PaperBlock[] {
  return (item.content ?? []).flatMap((block, place): PaperBlock[] => {
    if (block.type === 'bulletList') return itemsOf(block, () => '·', depth + 1)
    if (block.type === 'orderedList') return itemsOf(block, (n) => `${n}.`, depth + 1)
    return [{ kind: 'item', marker: place === 0 ? marker : '', runs: runsOf(block), depth }]
  })
}

/** The title stands above, and what nobody has filled in is left out. */
function headBlocks(node: MinutesNode): PaperBlock[] {
  const head = headOf({ type: 'doc', content: [node] }) ?? {}
  return headFields.flatMap((name): PaperBlock[] =>
    name !== 'title' && head[name] ? [{ kind: 'field', name: headFieldNames[name], text: head[name] }] : [],
  )
}

function suggestionBlocks(node: MinutesNode): PaperBlock[] {
  const cited = suggestionCitationSchema.safeParse(node.attrs).data
  if (!cited) return []
  return [
    { kind: 'quote', runs: [{ text: cited.text }] },
    { kind: 'source', text: words.suggestionBy(cited.authorName) },
  ]
}

function speechBlocks(node: MinutesNode): PaperBlock[] {
  const cited = speechCitationSchema.safeParse(node.attrs).data
  if (!cited) return []
  const place = [cited.region, cited.siteName].filter((part) => part !== '').join('，')
  const length = cited.seconds === null ? [] : [durationOnPaper(cited.seconds)]
  return [
    { kind: 'quote', runs: [{ text: `${cited.name}发言${place === '' ? '' : `（${place}）`}`, bold: true }] },
    { kind: 'source', text: `——${[dateOnPaper(cited.startedAt), ...length].join('，')}` },
  ]
}

function voteBlocks(node: MinutesNode): PaperBlock[] {
  const vote = voteCitationSchema.safeParse(node.attrs).data
  if (!vote) return []
  return [
    { kind: 'quote', runs: [{ text: voteText(vote), bold: true }] },
    { kind: 'source', text: words.voteBy(vote, dateOnPaper(vote.closedAt)) },
  ]
}

function pollBlocks(node: MinutesNode): PaperBlock[] {
  const poll = pollCitationSchema.safeParse(node.attrs).data
  if (!poll) return []
  return [
    { kind: 'quote', runs: [{ text: pollText(poll), bold: true }] },
    { kind: 'source', text: `——${[words.poll, dateOnPaper(poll.closedAt)].join('，')}` },
  ]
}

function groupBlocks(node: MinutesNode): PaperBlock[] {
  const group = groupCitationSchema.safeParse(node.attrs).data
  if (!group) return []
  return [
    { kind: 'quote', runs: [{ text: group.text }] },
    { kind: 'source', text: `——${[words.group, group.name, group.topic].filter((part) => part !== '').join('，')}` },
  ]
}
