import * as Y from 'yjs'
import { blockIdSchema, minutesField, type PassageAuthors } from '../../shared/minutes.ts'
import type { Authors } from './authors.ts'

type Run = PassageAuthors['runs'][number]
type Change = PassageAuthors['changes'][number] & { blockId: string }

/** Who wrote each passage of the document as it is now, run by run, and who changed it. */
export function passageAuthorsOf(doc: Y.Doc, authors: Authors, changes: readonly Change[]): PassageAuthors[] {
  const byBlock = Map.groupBy(changes, ({ blockId }) => blockId)
  return doc
    .getXmlFragment(minutesField)
    .toArray()
    .flatMap((block) => {
      const blockId = block instanceof Y.XmlElement ? blockIdSchema.safeParse(block.getAttribute('blockId')).data : undefined
      if (blockId === undefined || !(block instanceof Y.XmlElement)) return []
      const own = (byBlock.get(blockId) ?? []).map(({ blockId: _, ...change }) => change)
      return [{ blockId, runs: joined([...runsIn(block, authors)]), changes: own }]
    })
}

/** The characters under a node, in reading order. */
function* runsIn(type: { _start: Y.Item | null }, authors: Authors): Generator<Run> {
  for (let item = type._start; item; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentType) yield* runsIn(item.content.type, authors)
    else if (item.content instanceof Y.ContentString) {
      const { client, clock } = item.id
      yield* authors.cut({ clientId: client, from: clock, to: clock + item.length })
    }
  }
}

function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = []
  for (const run of runs) {
    const last = out.at(-1)
    if (last && last.accountId === run.accountId) last.length += run.length
    else out.push({ ...run })
  }
  return out
}
