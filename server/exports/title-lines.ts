import { closing } from './layout.ts'

const words = new Intl.Segmenter('zh', { granularity: 'word' })
/**
 * GB/T 9704-2012, 7.3.1: a title that is too long for a line of `fits` characters in as few lines as it needs, about equally
 * long, none of them breaking a word.
 */
export function titleLines(title: string, fits: number): string[] {
  const length = [...title].length
  const lines = Math.ceil(length / fits)
  if (lines <= 1) return [title]
  const parts = [...words.segment(title)].flatMap(({ segment }) => ([...segment].length > fits ? [...segment] : [segment]))
  // A line more, where words are so long that they do not go into as few.
  return (
    [lines, lines + 1].map((count) => dealt(parts, length / count, fits)).find((made) => made.every((line) => [...line].length <= fits)) ??
    dealt(parts, fits, fits)
  )
}

/** Ends a line where it is nearest to its share. */
function dealt(parts: readonly string[], share: number, fits: number): string[] {
  const lines = ['']
  let before = 0
  for (const part of parts) {
    const current = lines.at(-1)!
    const middle = before + [...part].length / 2
    const isNext = middle > share * lines.length || [...(current + part)].length > fits
    if (isNext && current !== '' && !closing.test(part)) lines.push(part)
    else lines[lines.length - 1] = current + part
    before += [...part].length
  }
  return lines
}
