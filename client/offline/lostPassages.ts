import { type Amendment, isAmendable, passageWords } from '../../shared/amendments.ts'
import { type MinutesNode, textOf } from '../../shared/minutes.ts'
import { type BlockComparison, compareDocuments } from '../../shared/minutes-versions.ts'
import { compareWords, type Wording } from '../../shared/wording.ts'

/** As long as an amendment may be. */
const mostWords = 20_000

/** A passage of what was written that the minutes do not have. */
export type LostPassage = {
  /** The same as long as it says the same. */
  key: string
  change: BlockComparison['change']
  parts: readonly Wording[]
  /** What it says, to be copied. */
  words: string
  /** What can be proposed in its place; null where only its looks, its place or its lines differ. */
  wish: Pick<Amendment, 'kind' | 'blockId' | 'before' | 'proposed'> | null
}

/** What the minutes would say otherwise with the words that were not taken. Passages that came one after the other are one. */
export function lostPassages(stored: MinutesNode, merged: MinutesNode): LostPassage[] {
  const [was, is] = [byId(stored), byId(merged)]
  const lost: LostPassage[] = []
  let anchor: string | null = null
  let following = false
  for (const { blockId, change, parts } of compareDocuments(stored, merged)) {
    if (change === 'added') {
      const words = parts.map(({ text }) => text).join('')
      // An empty line says nothing.
      if (words.trim() === '') continue
      if (following) lost.push(longer(lost.pop()!, words))
      else lost.push(added(anchor, words))
      following = true
      continue
    }
    following = false
    const [before, after] = [was.get(blockId ?? ''), is.get(blockId ?? '')]
    if (change !== 'removed') anchor = blockId ?? anchor
    if (change === 'removed' && before) lost.push(removed(blockId!, before, parts))
    else if (change !== 'same' && before && after) lost.push(changed(blockId!, before, after, change, parts))
  }
  return lost
}

const byId = ({ content = [] }: MinutesNode) => new Map(content.map((block) => [String(block.attrs?.blockId), block]))

function added(anchor: string | null, words: string): LostPassage {
  const wish = words.length > mostWords ? null : ({ kind: 'add', blockId: anchor, before: '', proposed: words } as const)
  return { key: `add ${anchor} ${words}`, change: 'added', parts: [{ op: 'added', text: words }], words, wish }
}

const longer = ({ key, words, wish }: LostPassage, more: string) => added(wish ? wish.blockId : key, `${words}\n${more}`)

function removed(blockId: string, block: MinutesNode, parts: readonly Wording[]): LostPassage {
  const words = passageWords(block)
  const wish = words.trim() === '' ? null : ({ kind: 'remove', blockId, before: words, proposed: '' } as const)
  return { key: `remove ${blockId} ${words}`, change: 'removed', parts, words, wish }
}

function changed(
  blockId: string,
  was: MinutesNode,
  is: MinutesNode,
  change: BlockComparison['change'],
  parts: readonly Wording[],
): LostPassage {
  const [before, proposed] = [passageWords(was), passageWords(is)]
  const lines = (words: string) => words.split('\n').length
  const fits = before !== proposed && proposed.trim() !== '' && proposed.length <= mostWords && lines(before) === lines(proposed)
  return {
    key: `${change} ${blockId} ${textOf(is)}`,
    change,
    parts: before === proposed ? parts : compareWords(before, proposed),
    words: textOf(is),
    wish: fits && isAmendable(was) ? { kind: 'replace', blockId, before, proposed } : null,
  }
}
