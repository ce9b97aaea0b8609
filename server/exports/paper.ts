/** A run of words in one style. */
export type Run = {
  text: string
  bold?: boolean
  italic?: boolean
  strike?: boolean
  underline?: boolean
  /** Words at the foot of the page, marked behind this run. */
  note?: string
}

/** The words of a cell; a line break in a run begins a new line. */
export type Cell = { runs: Run[]; head: boolean; columns: number; rows: number }

/** A picture with its size in points of the paper, or null where its file is gone. */
export type PaperImage = {
  bytes: Buffer
  type: 'png' | 'jpg' | 'gif'
  width: number
  height: number
  /** By which it is kept; a page that is read online may fetch it instead of carrying it. */
  photoId?: string
}

export type PaperBlock =
  | { kind: 'heading'; level: 1 | 2 | 3 | 4; text: string }
  | { kind: 'paragraph'; runs: Run[] }
  | { kind: 'quote'; runs: Run[] }
  /** Where something comes from, in smaller type below it. */
  | { kind: 'source'; text: string }
  | { kind: 'item'; marker: string; runs: Run[]; depth: number }
  | { kind: 'field'; name: string; text: string }
  | { kind: 'table'; title: string; rows: Cell[][] }
  | { kind: 'image'; image: PaperImage | null; caption: string }

/** An official paper before it has a file format: what GB/T 9704-2012 names (7.1), without how it looks. */
export type Paper = {
  /** 7.2.4, 10.3: what kind of paper it is, in red at its head. */
  mark: string
  /** 7.2.3: how soon it has to go out; empty where that is as usual. */
  urgency: string
  /** 7.2.5: its number, such as 浔协商〔2026〕3号; empty where it has none. */
  number: string
  /** 7.3.1 */
  title: string
  /** 7.3.2: to whom it goes. */
  recipients: string[]
  /** 7.3.3 */
  blocks: PaperBlock[]
  /** 7.3.4, 7.3.7: each on a page of its own, named behind the text. */
  attachments: { title: string; blocks: PaperBlock[] }[]
  /** 10.3: who was there, who was excused and who listened. */
  attendance: { name: string; text: string }[]
  /** 7.3.5: whose paper it is and of what day (2026年11月23日); null while nobody has signed it. */
  signed: { bodies: string[]; date: string } | null
  /** 7.3.6: a remark in brackets below the date. */
  remark: string
  /** 7.4: at the foot of the last page. */
  colophon: { copiesTo: string[]; printedBy: string; printedOn: string } | null
}

/** A paper of these words with nothing else that an official one may have. */
export const plainPaper = (words: Pick<Paper, 'mark' | 'title' | 'blocks'>): Paper => ({
  urgency: '',
  number: '',
  recipients: [],
  attachments: [],
  attendance: [],
  signed: null,
  remark: '',
  colophon: null,
  ...words,
})

/** A table whose first row names its columns. */
export const tableBlock = (title: string, head: readonly string[], rows: readonly string[][]): PaperBlock => {
  const cells = (texts: readonly string[], isHead: boolean): Cell[] =>
    texts.map((text) => ({ runs: [{ text }], head: isHead, columns: 1, rows: 1 }))
  return { kind: 'table', title, rows: [cells(head, true), ...rows.map((row) => cells(row, false))] }
}

export const plainText = (runs: readonly Run[]) => runs.map(({ text }) => text).join('')

/** 7.3.4: what stands behind the text of a paper with attachments; numbered where there are several. */
export const attachmentNames = ({ attachments }: Paper): string[] =>
  attachments.map(({ title }, place) => (attachments.length > 1 ? `${place + 1}.${title}` : title))

/** 7.3.7: how an attachment is headed on its own page. */
export const attachmentMark = (paper: Paper, place: number) => (paper.attachments.length > 1 ? `附件${place + 1}` : '附件')

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
