import * as Y from 'yjs'
import { blockIdSchema, minutesField } from '../../shared/minutes.ts'
import { outsideOf } from '../../shared/minutes-sections.ts'

/** So many changes behind, the copy is made anew when it is needed next. */
const mostBehind = 2_000

type Block = ReturnType<Y.XmlFragment['toArray']>[number]
/** What stands outside some sections, and how many passages within go by the name of one of it. */
type Outside = { blocks: readonly Block[]; all: ReadonlySet<unknown>; clashes: number }
export type Rehearsal = ReturnType<typeof createRehearsal>

/**
 * Tries a change on a copy of the document before the document takes it: Yjs decides only while it applies a change where it
 * lands, and takes nothing back. There is a copy only while somebody writes whose changes have to be tried.
 */
export function createRehearsal(live: () => Y.Doc) {
  let copy: Y.Doc | null = null
  let behind: Uint8Array[] = []
  /** By the sections. Holds until a block comes or goes, or becomes another: most changes are of words. */
  const known = new Map<ReadonlySet<string>, Outside>()
  const follow = (update: Uint8Array) => {
    if (behind.push(update) > mostBehind) forget()
  }

  function begin(): Y.Doc {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(live()))
    // What waits for changes that have not come is not what a change is tried for.
    doc.store.pendingStructs = null
    doc.store.pendingDs = null
    doc.on('afterTransaction', (transaction) => reshapes(transaction, bodyOf(doc)) && known.clear())
    live().on('update', follow)
    return doc
  }

  function caughtUp(): Y.Doc {
    copy ??= begin()
    for (const update of behind) Y.applyUpdate(copy, update)
    behind = []
    return copy
  }

  function forget() {
    if (!copy) return
    live().off('update', follow)
    copy.destroy()
    copy = null
    behind = []
    known.clear()
  }

  return {
    /** Whether a change leaves everything as it is that stands outside the sections of these agenda items. */
    staysWithin(update: Uint8Array, own: ReadonlySet<string>): boolean {
      const doc = caughtUp()
      const before = known.get(own) ?? outsideIn(bodyOf(doc), own)
      const after = tried(doc, update, own, before)
      if (after) known.set(own, after)
      // The copy has what the document will not get.
      else forget()
      return after !== null
    },
    forget,
  }
}

const bodyOf = (doc: Y.Doc) => doc.getXmlFragment(minutesField)

/** What is outside once a change was applied; null when the change reached there. */
function tried(doc: Y.Doc, update: Uint8Array, own: ReadonlySet<string>, before: Outside): Outside | null {
  const body = bodyOf(doc)
  try {
    return doc.transact((transaction) => {
      Y.applyUpdate(doc, update)
      const isWhole = doc.store.pendingStructs === null && doc.store.pendingDs === null
      if (!isWhole || changes(transaction, body, before.all)) return null
      if (!reshapes(transaction, body)) return before
      const after = outsideIn(body, own)
      const isSame = after.blocks.length === before.blocks.length && after.blocks.every((block, place) => block === before.blocks[place])
      return isSame && after.clashes <= before.clashes ? after : null
    })
  } catch {
    return null
  }
}

function outsideIn(body: Y.XmlFragment, own: ReadonlySet<string>): Outside {
  const blocks = outsideOf(body.toArray(), describe, own)
  return { blocks, all: new Set(blocks), clashes: clashesIn(body, blocks) }
}

/** Whether blocks came or went, or one became another by what it carries beside its words. */
const reshapes = ({ changed }: Y.Transaction, body: Y.XmlFragment): boolean =>
  [...changed].some(
    ([type, keys]) => type === (body as unknown) || (type.parent === (body as unknown) && [...keys].some((key) => key !== null)),
  )

/** A block as its section is known by. */
function describe(block: Block) {
  if (!(block instanceof Y.XmlElement)) return { type: 'text' }
  const attrs: Record<string, unknown> = block.nodeName === 'heading' ? block.getAttributes() : {}
  return { type: block.nodeName, attrs }
}

/** Whether anything was changed in one of these blocks, or elsewhere than in the body of the minutes. */
function changes({ changed }: Y.Transaction, body: Y.XmlFragment, blocks: ReadonlySet<unknown>): boolean {
  return [...changed].some(([type, keys]) => {
    // The body has blocks and nothing else; which ones is looked at apart.
    if (type === (body as unknown)) return [...keys].some((key) => key !== null)
    const top = topOf(type, body)
    return top === null || blocks.has(top)
  })
}

/** The block that something stands in, or is. */
function topOf(type: unknown, body: Y.XmlFragment) {
  let top = type
  while (top instanceof Y.AbstractType && top._item) {
    const { parent } = top._item
    if (parent === body) return top
    top = parent
  }
  return null
}

/** How many passages within the sections go by the name of one outside: whoever cites that one would be shown theirs. */
function clashesIn(body: Y.XmlFragment, outside: readonly Block[]): number {
  const named = new Set(outside.map(nameOf).filter((name) => name !== undefined))
  const apart = new Set<Block>(outside)
  return body.toArray().filter((block) => !apart.has(block) && named.has(nameOf(block) ?? '')).length
}

const nameOf = (block: Block) => (block instanceof Y.XmlElement ? blockIdSchema.safeParse(block.getAttribute('blockId')).data : undefined)
