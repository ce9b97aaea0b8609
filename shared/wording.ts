import { diffWordsWithSpace } from 'diff'

/** A run of words that two texts share, or that only the older (`removed`) or the newer one (`added`) has. */
export type Wording = { op: 'same' | 'removed' | 'added'; text: string }

/** Chinese has no spaces between its words: the browser's and Node's own dictionary finds them. */
const words = new Intl.Segmenter('zh', { granularity: 'word' })

/** So many words that differ are no longer compared one by one: it would take seconds, and nobody would read it. */
const mostEdits = 2_000

/** What became of a text, word by word. */
export function compareWords(before: string, after: string): Wording[] {
  const changes = diffWordsWithSpace(before, after, { intlSegmenter: words, maxEditLength: mostEdits })
  if (!changes) return [whole('removed', before), whole('added', after)]
  return changes.map(({ value, added, removed }) => whole(added ? 'added' : removed ? 'removed' : 'same', value))
}

const whole = (op: Wording['op'], text: string): Wording => ({ op, text })
