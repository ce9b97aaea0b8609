import { closing } from './layout.ts'

const words = new Intl.Segmenter('zh', { granularity: 'word' })
/** Behind these a title falls into two by itself. */
const pause = /[：，、；。—]$/
/** What belongs to both of its neighbours, as in 南浔·吴江, or to the next. */
const binding = /[·•－\-（《「『“‘〔]$/

const lengthOf = (text: string) => [...text].length

/**
 * GB/T 9704-2012, 7.3.1: a title that is too long for a line of `fits` characters in as few lines as it needs, about equally
 * long, none of them breaking a word, and rather behind a colon or a comma.
 */
export function titleLines(title: string, fits: number): string[] {
  const lines = Math.ceil(lengthOf(title) / fits)
  if (lines <= 1) return [title]
  if (lines > mostLines) return sliced(title, fits)
  const parts = partsOf(title, fits)
  // A line more, where words are so long that they do not go into as few.
  for (const count of [lines, lines + 1]) {
    const best = bestOf(parts, count, lengthOf(title) / count, fits)
    if (best) return best.lines
  }
  return sliced(title, fits)
}

/** What is longer is no title any more, and the ways to break it would be too many to try. */
const mostLines = 4

function sliced(title: string, fits: number): string[] {
  const characters = [...title]
  return [...Array(Math.ceil(characters.length / fits)).keys()].map((line) => characters.slice(line * fits, (line + 1) * fits).join(''))
}

/** What stays together. */
function partsOf(title: string, fits: number): string[] {
  const segments = [...words.segment(title)].flatMap(({ segment }) => (lengthOf(segment) > fits ? [...segment] : [segment]))
  return segments.reduce<string[]>((parts, segment) => {
    const last = parts.at(-1)
    const bound = last !== undefined && (binding.test(last) || closing.test(segment) || /^[·•－-]/.test(segment))
    if (bound && lengthOf(last + segment) <= fits) parts[parts.length - 1] = last + segment
    else parts.push(segment)
    return parts
  }, [])
}

type Dealt = { lines: string[]; cost: number }

/** The way to deal parts to so many lines that leaves each nearest to its share; null where they do not fit. */
function bestOf(parts: readonly string[], count: number, share: number, fits: number): Dealt | null {
  const line = parts.join('')
  if (count === 1) return lengthOf(line) > fits || line === '' ? null : { lines: [line], cost: (lengthOf(line) - share) ** 2 }
  let best: Dealt | null = null
  for (let end = 1; end < parts.length; end += 1) {
    const first = parts.slice(0, end).join('')
    if (lengthOf(first) > fits) break
    const rest = bestOf(parts.slice(end), count - 1, share, fits)
    if (!rest) continue
    const cost = (lengthOf(first) - share) ** 2 - (pause.test(first) ? share ** 2 / 4 : 0) + rest.cost
    if (!best || cost < best.cost) best = { lines: [first, ...rest.lines], cost }
  }
  return best
}
