import { diffArrays } from 'diff'
import { z } from 'zod'
import { canonicalJson } from './canonical.ts'
import type { CommandTable, QueryTable } from './commands.ts'
import { blockIdSchema, type MinutesNode, minutesNodeSchema, textOf } from './minutes.ts'
import { contentHashSchema } from './minutes-stages.ts'
import { instant, line } from './text.ts'
import { compareWords } from './wording.ts'

/** Kept by the program, kept with a name by somebody, signed by every region, or made by bringing an older one back. */
export const versionKinds = ['auto', 'named', 'signed', 'restored'] as const
export type VersionKind = (typeof versionKinds)[number]

/** The minutes as they were at one moment. */
export const minutesVersionSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  edition: z.number().int().positive(),
  kind: z.enum(versionKinds),
  /** What somebody called it, or the one that was brought back. */
  name: z.string().nullable(),
  contentHash: contentHashSchema,
  /** Empty for what the program kept by itself. */
  createdByName: z.string(),
  createdAt: instant,
})
export type MinutesVersion = z.infer<typeof minutesVersionSchema>

/** `format`: the same words, set otherwise. A `moved` passage stands where it is now, with what else became of it. */
export const blockChanges = ['same', 'added', 'removed', 'changed', 'format', 'moved'] as const

export const blockComparisonSchema = z.object({
  blockId: blockIdSchema.nullable(),
  type: z.string(),
  change: z.enum(blockChanges),
  parts: z.array(z.object({ op: z.enum(['same', 'removed', 'added']), text: z.string() })),
})
export type BlockComparison = z.infer<typeof blockComparisonSchema>

const ofMeeting = z.object({ meetingId: z.uuid() })
const which = z.union([z.uuid(), z.literal('now')])

export const minutesVersionCommands = {
  /** Keeps the minutes as they are stored now, under a name. */
  'version:keep': { input: ofMeeting.extend({ id: z.uuid(), name: line(80) }), output: minutesVersionSchema },
  /** Writes what a version says into the minutes again, while they are written. What they said before is kept as well. */
  'version:restore': { input: ofMeeting.extend({ id: z.uuid(), versionId: z.uuid() }), output: minutesVersionSchema },
} satisfies CommandTable

export const minutesVersionQueries = {
  /** Newest first. */
  'minutes-versions': { path: '/api/meetings/:meetingId/minutes/versions', input: ofMeeting, output: z.array(minutesVersionSchema) },
  'minutes-version': {
    path: '/api/meetings/:meetingId/minutes/versions/:versionId',
    input: ofMeeting.extend({ versionId: z.uuid() }),
    output: minutesVersionSchema.extend({ document: minutesNodeSchema }),
  },
  /** What became of each passage from one version to another, or to what is stored now. */
  'minutes-comparison': {
    path: '/api/meetings/:meetingId/minutes/comparison',
    input: ofMeeting.extend({ from: which, to: which }),
    output: z.array(blockComparisonSchema),
  },
} satisfies QueryTable

/** Compares passage by passage, and what changed in a passage word by word. */
export function compareDocuments(before: MinutesNode, after: MinutesNode): BlockComparison[] {
  const [old, young] = [keyed(before), keyed(after)]
  const oldOnes = new Map(old.map((block) => [block.key, block]))
  const youngKeys = new Set(young.map(({ key }) => key))
  const steps = diffArrays(
    old.map(({ key }) => key),
    young.map(({ key }) => key),
  )
  const byKey = new Map(young.map((block) => [block.key, block]))
  return steps.flatMap(({ value, added, removed }) =>
    value.flatMap((key): BlockComparison[] => {
      const [was, is] = [oldOnes.get(key), byKey.get(key)]
      // It stands further up or down: it is told there.
      if (removed) return youngKeys.has(key) || !was ? [] : [comparison(was.node, 'removed', [{ op: 'removed', text: textOf(was.node) }])]
      if (!is) return []
      if (!was) return [comparison(is.node, 'added', [{ op: 'added', text: textOf(is.node) }])]
      return [became(was.node, is.node, added === true)]
    }),
  )
}

type Keyed = { key: string; node: MinutesNode }

/** Passages by their id; of several with one id, and of those without, by their place among their like as well. */
function keyed(document: MinutesNode): Keyed[] {
  const seen = new Map<string, number>()
  return (document.content ?? []).map((node) => {
    const name = blockIdSchema.safeParse(node.attrs?.blockId).data ?? canonicalJson(node)
    const count = seen.get(name) ?? 0
    seen.set(name, count + 1)
    return { key: `${name} ${count}`, node }
  })
}

function became(was: MinutesNode, is: MinutesNode, moved: boolean): BlockComparison {
  const [before, after] = [textOf(was), textOf(is)]
  const same = canonicalJson(was) === canonicalJson(is)
  const change = moved ? 'moved' : same ? 'same' : before === after ? 'format' : 'changed'
  return comparison(is, change, before === after ? [{ op: 'same', text: after }] : compareWords(before, after))
}

const comparison = (node: MinutesNode, change: BlockComparison['change'], parts: BlockComparison['parts']): BlockComparison => ({
  blockId: blockIdSchema.safeParse(node.attrs?.blockId).data ?? null,
  type: node.type,
  change,
  parts,
})
