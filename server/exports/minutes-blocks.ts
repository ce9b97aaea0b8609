import {
  groupCitationSchema,
  headOf,
  type MinutesNode,
  pollCitationSchema,
  pollText,
  speechCitationSchema,
  suggestionCitationSchema,
  voteCitationSchema,
  voteText,
} from '../../shared/minutes.ts'
import { footnoteSchema, headFieldNames, headFields, imageSchema, tableCellSchema, wordBlockNames } from '../../shared/minutes-nodes.ts'
import type { CitationStanding } from '../../shared/minutes-published.ts'
import { dateOnPaper } from '../../shared/on-paper.ts'
import { type Cell, type PaperBlock, type PaperImage, plainText, type Run } from './paper.ts'
import { durationOnPaper, words } from './words.ts'

/** Pictures by the id of the photo. */
export type Pictures = ReadonlyMap<string, PaperImage>

/** What a block shows beside its words: pictures, and what stands behind cited suggestions, by their ids. */
export type Around = { pictures: Pictures; standings: ReadonlyMap<string, CitationStanding> }

type Renderer = (node: MinutesNode, around: Around) => PaperBlock[]

const renderers: Record<string, Renderer> = {
  heading: (node) => [{ kind: 'heading', level: levelOf(node), text: plainText(runsOf(node)) }],
  paragraph: (node) => [{ kind: 'paragraph', runs: runsOf(node) }],
  meetingHead: headBlocks,
  decision: (node) => [{ kind: 'paragraph', runs: [{ text: `${wordBlockNames.decision}：`, bold: true }, ...runsOf(node)] }],
  recommendationPassage: (node) => [
    { kind: 'paragraph', runs: [{ text: `${wordBlockNames.recommendationPassage}：`, bold: true }, ...runsOf(node)] },
  ],
  table: (node) => [{ kind: 'table', title: '', rows: (node.content ?? []).map(cellsOf) }],
  image: imageBlocks,
  codeBlock: (node) => [{ kind: 'paragraph', runs: runsOf(node) }],
  blockquote: (node, around) => blocksOfAll(node.content ?? [], around).map(asQuote),
  bulletList: (node) => itemsOf(node, () => '·', 0),
  orderedList: (node) => itemsOf(node, (n) => `${n}.`, 0),
  suggestionCitation: suggestionBlocks,
  speechCitation: speechBlocks,
  voteResult: voteBlocks,
  pollResult: pollBlocks,
  groupResult: groupBlocks,
}

// What an extension of a later version wrote is not known here; its words are kept.
const blocksOf: Renderer = (node, around) =>
  Object.hasOwn(renderers, node.type) ? renderers[node.type]!(node, around) : [{ kind: 'paragraph', runs: runsOf(node) }]

/** The blocks of the minutes as those of a paper. */
export const blocksOfAll = (nodes: readonly MinutesNode[], around: Around): PaperBlock[] =>
  nodes.flatMap((node) => blocksOf(node, around)).filter((block) => !isEmpty(block))

/** Recorders leave empty lines to write in; a paper has none. */
const isEmpty = (block: PaperBlock) =>
  (block.kind === 'paragraph' || block.kind === 'quote') && block.runs.every(({ text, note }) => text.trim() === '' && note === undefined)

function levelOf(node: MinutesNode) {
  const level = Number(node.attrs?.level)
  return level === 1 || level === 2 || level === 3 ? level : 4
}

function runsOf(node: MinutesNode): Run[] {
  if (node.type === 'hardBreak') return [{ text: '\n' }]
  if (node.type === 'footnote') return [{ text: '', note: footnoteSchema.safeParse(node.attrs).data?.text ?? '' }]
  if (node.type !== 'text') return (node.content ?? []).flatMap(runsOf)
  const has = (type: string) => node.marks?.some((mark) => mark.type === type) ?? false
  return [{ text: node.text ?? '', bold: has('bold'), italic: has('italic'), strike: has('strike'), underline: has('underline') }]
}

const cellsOf = (row: MinutesNode): Cell[] =>
  (row.content ?? []).map((cell) => {
    const { colspan, rowspan } = tableCellSchema.catch({ colspan: 1, rowspan: 1 }).parse(cell.attrs ?? {})
    // Each block of a cell begins a line.
    const runs = (cell.content ?? []).flatMap((block, place) => [...(place > 0 ? [{ text: '\n' }] : []), ...runsOf(block)])
    return { runs, head: cell.type === 'tableHeader', columns: colspan, rows: rowspan }
  })

function imageBlocks(node: MinutesNode, { pictures }: Around): PaperBlock[] {
  const image = imageSchema.safeParse(node.attrs).data
  return image ? [{ kind: 'image', image: pictures.get(image.photoId) ?? null, caption: image.caption }] : []
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

/** The title stands above and who was present below; what nobody has filled in is left out. */
function headBlocks(node: MinutesNode): PaperBlock[] {
  const head = headOf({ type: 'doc', content: [node] }) ?? {}
  return headFields.flatMap((name): PaperBlock[] =>
    name !== 'title' && name !== 'present' && head[name] ? [{ kind: 'field', name: headFieldNames[name], text: head[name] }] : [],
  )
}

function suggestionBlocks(node: MinutesNode, { standings }: Around): PaperBlock[] {
  const cited = suggestionCitationSchema.safeParse(node.attrs).data
  if (!cited) return []
  return [
    { kind: 'quote', runs: [{ text: cited.text }] },
    { kind: 'source', text: words.suggestionBy(cited.authorName, standings.get(cited.suggestionId)) },
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
