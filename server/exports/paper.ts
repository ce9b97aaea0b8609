/** A run of words in one style. */
export type Run = { text: string; bold?: boolean; italic?: boolean; strike?: boolean; underline?: boolean }

export type PaperBlock =
  | { kind: 'heading'; level: 1 | 2 | 3 | 4; text: string }
  | { kind: 'paragraph'; runs: Run[] }
  | { kind: 'quote'; runs: Run[] }
  /** Where something comes from, in smaller type below it. */
  | { kind: 'source'; text: string }
  | { kind: 'item'; marker: string; runs: Run[]; depth: number }
  | { kind: 'field'; name: string; text: string }
  | { kind: 'table'; title: string; head: string[]; rows: string[][] }

/** An official paper before it has a file format. */
export type Paper = {
  /** What kind of paper it is, in red at its head. */
  mark: string
  title: string
  blocks: PaperBlock[]
}

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1 to 99 in Chinese numerals. */
export function chineseNumeral(value: number): string {
  const tens = Math.floor(value / 10)
  const ones = value % 10
  if (value < 10) return digits[value]!
  return `${tens > 1 ? digits[tens] : ''}十${ones > 0 ? digits[ones] : ''}`
}

/** GB/T 9704-2012, 7.3.3: the levels of a text are 一、 （一） 1. （1） in that order. */
const numberings = [
  (n: number) => `${chineseNumeral(n)}、`,
  (n: number) => `（${chineseNumeral(n)}）`,
  (n: number) => `${n}.`,
  (n: number) => `（${n}）`,
]
const isNumbered = /^\s*([一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[.．、])/

/** Numbers the headings; one that its author has numbered stays as it is, and counts. */
export function numberHeadings(blocks: readonly PaperBlock[]): PaperBlock[] {
  const counts = [0, 0, 0, 0]
  return blocks.map((block) => {
    if (block.kind !== 'heading') return block
    const place = block.level - 1
    counts.fill(0, place + 1)
    counts[place]! += 1
    return isNumbered.test(block.text) ? block : { ...block, text: numberings[place]!(counts[place]!) + block.text }
  })
}
