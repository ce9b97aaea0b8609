import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { outsideOf, sectionsOf } from '../../shared/minutes-sections.ts'

/** What a recorder may write, and how the rest is shown. */
export type Limits = {
  own: ReadonlySet<string>
  /** What stands at the heading of an agenda item's section; null for what is of no item. */
  labelOf(agendaItemId: string | null): string
  /** What the button says where an own section has no line to write in. */
  beginLabel: string
  /** Something was tried outside the own sections. */
  onRefused(): void
}

declare module '@tiptap/core' {
  interface Storage {
    sectionLimits: { own: ReadonlySet<string> | null }
  }
}

type Shown = { limits: Limits; decorations: DecorationSet }

/** A transaction that carries new limits under this key says anew whose the sections are. */
export const limitsKey = new PluginKey<Shown>('sectionLimits')
const describe = (block: Node) => ({ type: block.type.name, attrs: block.attrs })

/**
 * Keeps a page from changing what the server would refuse: it decides by the same rule. What others change arrives as ever,
 * and nobody's selection is hindered.
 */
export const SectionLimits = Extension.create<{ limits: Limits | null }, { own: ReadonlySet<string> | null }>({
  name: 'sectionLimits',
  addOptions: () => ({ limits: null }),
  addStorage() {
    return { own: this.options.limits?.own ?? null }
  },
  addProseMirrorPlugins() {
    const { limits } = this.options
    return limits ? [limiting(limits)] : []
  },
})

/** The plugin that holds a page to its limits. */
export function limiting(limits: Limits): Plugin<Shown> {
  return new Plugin<Shown>({
    key: limitsKey,
    filterTransaction(transaction, state) {
      if (!transaction.docChanged || isChangeOrigin(transaction)) return true
      if (staysWithin(state.doc, transaction.doc, limits.own)) return true
      if (isByHand(transaction)) limitsKey.getState(state)?.limits.onRefused()
      return false
    },
    state: {
      init: (_config, { doc }) => ({ limits, decorations: shownIn(doc, limits) }),
      apply(transaction, shown) {
        const now: Limits = transaction.getMeta(limitsKey) ?? shown.limits
        const isSame = now === shown.limits && !transaction.docChanged
        return isSame ? shown : { limits: now, decorations: shownIn(transaction.doc, now) }
      },
    },
    props: { decorations: (state) => limitsKey.getState(state)?.decorations },
  })
}

const isByHand = (transaction: Transaction) =>
  transaction.getMeta('appendedTransaction') === undefined && transaction.getMeta('addToHistory') !== false

function staysWithin(before: Node, after: Node, own: ReadonlySet<string>): boolean {
  const [were, are] = [before, after].map(({ children }) => outsideOf(children, describe, own)) as [Node[], Node[]]
  const isSame = were.length === are.length && were.every((block, place) => block === are[place] || block.eq(are[place]!))
  return isSame && !isEmptied(before, after, own)
}

/** The server would take it, but there would be no line left to write in. */
function isEmptied(before: Node, after: Node, own: ReadonlySet<string>): boolean {
  const [had, has] = [before, after].map(({ children }) => new Set(sectionsOf(children.map(describe)))) as [Set<unknown>, Set<unknown>]
  return [...own].some((section) => had.has(section) && !has.has(section))
}

/** Dims what is not to be written here, and says at each heading whose it is. */
function shownIn(doc: Node, { own, labelOf, beginLabel }: Limits): DecorationSet {
  const sections = sectionsOf(doc.children.map(describe))
  const begun = new Set<string>()
  const decorations: Decoration[] = []
  doc.forEach((block, offset, place) => {
    const section = sections[place] ?? null
    if (section !== null && own.has(section)) return
    const item: string | null = block.attrs.agendaItemId ?? null
    const begins = item !== null && !begun.has(item) ? item : null
    if (begins) begun.add(begins)
    const isOwn = begins !== null && own.has(begins)
    // Not even a caret gets in: what an input method composes could only be taken back when it is done.
    const attributes = { class: isOwn ? 'minutes-own-heading' : 'minutes-foreign', contenteditable: 'false' }
    const label = block.type.name === 'heading' && section === null ? { 'data-held': labelOf(begins) } : {}
    const end = offset + block.nodeSize
    decorations.push(Decoration.node(offset, end, { ...attributes, ...label }))
    if (isOwn && sections[place + 1] !== begins) decorations.push(Decoration.widget(end, (view) => beginButton(view, end, beginLabel)))
  })
  return DecorationSet.create(doc, decorations)
}

/** Begins a section of which nothing is left. */
function beginButton(view: EditorView, at: number, label: string): HTMLElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'minutes-begin'
  button.textContent = label
  button.onclick = () => {
    const transaction = view.state.tr.insert(at, view.state.schema.nodes.paragraph!.create())
    view.dispatch(transaction.setSelection(TextSelection.create(transaction.doc, at + 1)))
    view.focus()
  }
  return button
}

/** Whether nothing may be written where the cursor or the selection is. */
export function isForeignPlace({ doc, selection }: EditorState, own: ReadonlySet<string> | null): boolean {
  if (!own) return false
  const sections = sectionsOf(doc.children.map(describe))
  const [first, last] = [selection.$from.index(0), Math.max(selection.$from.index(0), selection.$to.indexAfter(0) - 1)]
  return sections.slice(first, last + 1).some((section) => section === null || !own.has(section))
}

/** The end of the first own section, for what is put in without a place of its own; null where there is none. */
export function endOfOwn(doc: Node, own: ReadonlySet<string>): number | null {
  const sections = sectionsOf(doc.children.map(describe))
  const first = sections.find((section) => section !== null && own.has(section))
  let end: number | null = null
  doc.forEach((block, offset, place) => {
    if (first && sections[place] === first) end = offset + block.nodeSize
  })
  return end
}
