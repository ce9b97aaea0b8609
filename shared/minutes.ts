import { z } from 'zod'
import { canonicalHash } from './canonical.ts'
import type { QueryTable } from './commands.ts'
import {
  footnoteSchema,
  headFieldNames,
  headingSchema,
  imageSchema,
  type MinutesHead,
  meetingFieldSchema,
  minutesHeadSchema,
  wordBlockNames,
  wordBlockTypes,
} from './minutes-nodes.ts'
import { averageOf, pollSchema } from './polls.ts'
import { instant } from './text.ts'
import { ruleSchema, voteResultSchema } from './votes.ts'

/** The name of the shared text inside a meeting's Yjs document. */
export const minutesField = 'minutes'

/**
 * Our own message type on the minutes' socket, beside y-websocket's 0 (sync), 1 (awareness), 2 (auth) and 3 (query awareness).
 * Its second number says which of `minutesSignals` it is.
 */
export const minutesMessage = 100

export const minutesSignals = {
  /**
   * Client to server: "tell me when everything that I sent before this is stored", with a number. Server to client: the same
   * number, once it is. A state vector could not say it: deleting does not advance one.
   */
  mark: 0,
  /** Server to client: 1 when this connection may edit; 0 when it may only read, and why. */
  access: 1,
  /** Server to client, with a reason: a change that this connection sent was not accepted. */
  refused: 2,
} as const

/** How the server ends a connection. 44xx is final for y-websocket's provider, anything else it tries again. */
export const minutesClose = {
  malformed: 4400,
  notAllowed: 4403,
  notFound: 4404,
  tooLarge: 4413,
  tooMany: 4429,
  rightsChanged: 4500,
  unavailable: 4503,
} as const

/** Blocks that can be named by `blockId`, in a recommendation for instance. They are the top level of the document. */
export const minutesBlockTypes = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'blockquote',
  'codeBlock',
  'suggestionCitation',
  'speechCitation',
  'voteResult',
  'pollResult',
  'groupResult',
  'meetingHead',
  'decision',
  'recommendationPassage',
  'table',
  'image',
] as const

export const blockIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

/** What a cited suggestion said when it was cited; its state now is looked up by its id. */
export const suggestionCitationSchema = z.object({ suggestionId: z.uuid(), text: z.string(), authorName: z.string(), citedAt: instant })
export type SuggestionCitation = z.infer<typeof suggestionCitationSchema>

export const speechCitationSchema = z.object({
  speechId: z.uuid(),
  name: z.string(),
  siteName: z.string(),
  /** Names from the province down, joined by ` · `. */
  region: z.string(),
  startedAt: instant,
  seconds: z.number().int().nullable(),
})
export type SpeechCitation = z.infer<typeof speechCitationSchema>

/** A closed vote with its numbers; they stand in the minutes whatever becomes of the record. */
export const voteCitationSchema = z.object({
  voteId: z.uuid(),
  question: z.string(),
  secret: z.boolean(),
  ...ruleSchema.shape,
  ...voteResultSchema.shape,
  closedAt: instant,
})
export type VoteCitation = z.infer<typeof voteCitationSchema>

/** What a group came to, as it read when it was cited. */
export const groupCitationSchema = z.object({
  groupId: z.uuid(),
  name: z.string(),
  /** What it talked about; empty where that was free. */
  topic: z.string(),
  text: z.string(),
  openedAt: instant,
})
export type GroupCitation = z.infer<typeof groupCitationSchema>

/** A closed poll with its numbers. */
export const pollCitationSchema = pollSchema
  .pick({ kind: true, question: true, options: true, answered: true })
  .extend({ pollId: z.uuid(), counts: z.array(z.number().int()), closedAt: instant })
export type PollCitation = z.infer<typeof pollCitationSchema>

/** A node of the document in ProseMirror's JSON form. */
export type MinutesNode = {
  type: string
  attrs?: Record<string, unknown> | undefined
  content?: MinutesNode[] | undefined
  text?: string | undefined
  marks?: { type: string; attrs?: Record<string, unknown> | undefined }[] | undefined
}

export const minutesNodeSchema: z.ZodType<MinutesNode> = z.lazy(() =>
  z.object({
    type: z.string(),
    attrs: z.record(z.string(), z.unknown()).optional(),
    content: z.array(minutesNodeSchema).optional(),
    text: z.string().optional(),
    marks: z.array(z.object({ type: z.string(), attrs: z.record(z.string(), z.unknown()).optional() })).optional(),
  }),
)

export const minutesPassageSchema = z.object({ blockId: blockIdSchema, type: z.string(), text: z.string() })
export type MinutesPassage = z.infer<typeof minutesPassageSchema>

/** Who wrote a passage's characters, run by run in reading order, and who changed it, erasing too, the last one last. */
export const passageAuthorsSchema = z.object({
  blockId: blockIdSchema,
  /** `accountId` is null for what no account wrote: the template and what the program takes in. Lengths are those of JavaScript's strings. */
  runs: z.array(z.object({ accountId: z.uuid().nullable(), length: z.number().int().positive() })),
  changes: z.array(z.object({ accountId: z.uuid(), firstAt: instant, lastAt: instant })),
})
export type PassageAuthors = z.infer<typeof passageAuthorsSchema>

export const minutesAuthorsSchema = z.object({
  passages: z.array(passageAuthorsSchema),
  people: z.array(z.object({ accountId: z.uuid(), name: z.string() })),
})
export type MinutesAuthors = z.infer<typeof minutesAuthorsSchema>

const inlineTypes: readonly string[] = ['text', 'hardBreak', 'footnote']
export const isInline = ({ type }: MinutesNode) => inlineTypes.includes(type)

/** The words of a node, one line for each block in it. A node that is not known keeps its words. */
export function textOf(node: MinutesNode): string {
  if (node.type === 'text') return node.text ?? ''
  if (node.type === 'hardBreak') return '\n'
  const said = citationText(node) ?? atomText(node)
  if (said !== null) return said
  const words = (node.content ?? []).map(textOf)
  if (node.type === 'meetingHead') return words.filter((line) => line !== '').join('\n')
  if (node.type === 'tableRow') return words.join('\t')
  const text = words.join(node.content?.every(isInline) ? '' : '\n')
  return `${labelOf(node)}${text}`
}

/** What stands before the words of a block because of what it is. */
function labelOf(node: MinutesNode): string {
  if (!node.content?.length) return ''
  const field = node.type === 'meetingField' ? meetingFieldSchema.safeParse(node.attrs).data : undefined
  if (field) return `${headFieldNames[field.name]}：`
  const labelled = wordBlockTypes.find((type) => type === node.type)
  return labelled ? `${wordBlockNames[labelled]}：` : ''
}

function atomText(node: MinutesNode): string | null {
  if (node.type === 'footnote') return `（注：${footnoteSchema.safeParse(node.attrs).data?.text ?? ''}）`
  if (node.type === 'image') return imageSchema.safeParse(node.attrs).data?.caption ?? ''
  return null
}

/** The notes of a document in the order of their numbers. */
export function footnotesOf(node: MinutesNode): string[] {
  if (node.type === 'footnote') return [footnoteSchema.safeParse(node.attrs).data?.text ?? '']
  return (node.content ?? []).flatMap(footnotesOf)
}

export type AgendaSection = { agendaItemId: string; heading: MinutesNode; blocks: MinutesNode[] }

/** The sections of the agenda items, in order. Of two of one item the first counts. */
export function agendaSectionsOf(document: MinutesNode): AgendaSection[] {
  const sections = (document.content ?? []).flatMap((heading, place): AgendaSection[] => {
    const agendaItemId = heading.type === 'heading' ? headingSchema.safeParse(heading.attrs).data?.agendaItemId : undefined
    return agendaItemId ? [{ agendaItemId, ...sectionFrom(document, place) }] : []
  })
  return sections.filter(({ agendaItemId }, place) => sections.findIndex((one) => one.agendaItemId === agendaItemId) === place)
}

/** A section: from the heading in that place to the next one of its level or above. */
export function sectionFrom(document: MinutesNode, place: number): { heading: MinutesNode; blocks: MinutesNode[] } {
  const [heading, ...rest] = (document.content ?? []).slice(place) as [MinutesNode, ...MinutesNode[]]
  const end = rest.findIndex((block) => block.type === 'heading' && levelOf(block) <= levelOf(heading))
  return { heading, blocks: end < 0 ? rest : rest.slice(0, end) }
}

/** What the head says of each field that it has; null for minutes without a head. */
export function headOf(document: MinutesNode): Partial<MinutesHead> | null {
  const head = document.content?.find(({ type }) => type === 'meetingHead')
  if (!head) return null
  const fields = (head.content ?? []).flatMap((field) => {
    const name = meetingFieldSchema.safeParse(field.attrs).data?.name
    return name ? [[name, (field.content ?? []).map(textOf).join('').trim()] as const] : []
  })
  return Object.fromEntries(fields)
}

const levelOf = (heading: MinutesNode) => headingSchema.safeParse(heading.attrs).data?.level ?? 1

function citationText(node: MinutesNode): string | null {
  const suggestion = node.type === 'suggestionCitation' ? suggestionCitationSchema.safeParse(node.attrs).data : undefined
  if (suggestion) return suggestion.authorName === '' ? suggestion.text : `${suggestion.text}（${suggestion.authorName}）`
  const speech = node.type === 'speechCitation' ? speechCitationSchema.safeParse(node.attrs).data : undefined
  if (speech) return [speech.name, speech.siteName].filter((part) => part !== '').join('，')
  const vote = node.type === 'voteResult' ? voteCitationSchema.safeParse(node.attrs).data : undefined
  if (vote) return voteText(vote)
  const poll = node.type === 'pollResult' ? pollCitationSchema.safeParse(node.attrs).data : undefined
  if (poll) return pollText(poll)
  const group = node.type === 'groupResult' ? groupCitationSchema.safeParse(node.attrs).data : undefined
  if (group) return `${group.name}${group.topic === '' ? '' : `（${group.topic}）`}：${group.text}`
  return null
}

const outcomeWords = { carried: '通过', 'not-carried': '未通过', 'no-quorum': '未达法定人数，表决无效' } as const

/** A vote's result as the minutes say it, in Chinese whatever language the reader has chosen: the minutes are in Chinese. */
export const voteText = ({ question, yes, no, abstain, outcome }: VoteCitation) =>
  `${question}：赞成${yes}票，反对${no}票，弃权${abstain}票，${outcomeWords[outcome]}`

const moods = ['很满意', '满意', '一般', '不满意', '很不满意']

/** A poll's result as the minutes say it, in Chinese like them. */
export function pollText({ kind, question, options, counts, answered }: PollCitation): string {
  const labels = kind === 'mood' ? moods : kind === 'scale' ? counts.map((_, place) => `${place + 1}分`) : options
  const each = counts.map((count, place) => `${labels[place] ?? ''}${count}人`)
  const average = kind === 'scale' ? averageOf(counts) : null
  return `${question}：${[...each, ...(average === null ? [] : [`平均${average.toFixed(1)}分`])].join('，')}（${answered}人回答）`
}

/** What is signed: SHA-256, in hexadecimal, over the document's JSON in its one canonical form. */
export const contentHash = (document: MinutesNode): Promise<string> => canonicalHash(document)

/** The top-level blocks that have an id and words, in order. */
export function passagesOf(document: MinutesNode): MinutesPassage[] {
  const seen = new Set<string>()
  return (document.content ?? []).flatMap((block) => {
    const blockId = blockIdSchema.safeParse(block.attrs?.blockId).data
    const text = textOf(block).trim()
    if (blockId === undefined || text === '' || seen.has(blockId)) return []
    seen.add(blockId)
    return [{ blockId, type: block.type, text }]
  })
}

/** The suggestions cited in these blocks, each once. */
export function suggestionsCitedIn(blocks: readonly MinutesNode[]): string[] {
  const cited = blocks.flatMap(function ids(node: MinutesNode): string[] {
    const own =
      node.type === 'suggestionCitation' ? suggestionCitationSchema.shape.suggestionId.safeParse(node.attrs?.suggestionId).data : undefined
    return own === undefined ? (node.content ?? []).flatMap(ids) : [own]
  })
  return [...new Set(cited)]
}

/** Colours of people's cursors: white text on each of them has a contrast of at least 4.5:1. */
const presenceColours = [
  '#0b5c7d',
  '#9a3412',
  '#166534',
  '#6b21a8',
  '#9d174d',
  '#1e40af',
  '#854d0e',
  '#0f766e',
  '#7f1d1d',
  '#3f3f46',
] as const

/** The colour of an account's cursor: the same on every screen and on every day, unless somebody present has it already. */
export function presenceColour(accountId: string, taken: ReadonlySet<string> = new Set()): string {
  const sum = [...accountId].reduce((hash, character) => (hash * 31 + character.charCodeAt(0)) >>> 0, 7)
  const inTurn = presenceColours.map((_, place) => presenceColours[(sum + place) % presenceColours.length]!)
  return inTurn.find((colour) => !taken.has(colour)) ?? inTurn[0]!
}

export const minutesQueries = {
  /** The blocks of a meeting's minutes, in order. */
  'minutes-passages': {
    path: '/api/meetings/:meetingId/minutes/passages',
    input: z.object({ meetingId: z.uuid() }),
    output: z.array(minutesPassageSchema),
  },
  /** What the head of a meeting's minutes would say now, by the meeting and the register of attendance. */
  'minutes-head': {
    path: '/api/meetings/:meetingId/minutes/head',
    input: z.object({ meetingId: z.uuid() }),
    output: minutesHeadSchema,
  },
  /** Who wrote and changed each block of a meeting's minutes. */
  'minutes-authors': {
    path: '/api/meetings/:meetingId/minutes/authors',
    input: z.object({ meetingId: z.uuid() }),
    output: minutesAuthorsSchema,
  },
} satisfies QueryTable
