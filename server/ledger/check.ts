import { type ImportReport, type PastColumn, pastColumns } from '../../shared/ledger.ts'
import { replyGrades } from '../../shared/recommendations.ts'
import { line, optionalText } from '../../shared/text.ts'
import type { SheetRow } from './sheet.ts'
import { exportLanguages, words } from './words.ts'

/** A row that is right. */
export type Entry = {
  row: number
  number: string
  year: number
  title: string
  body: string
  meetingTitle: string
  proposer: string
  departments: string
  recommendedOn: string
  repliedOn: string | null
  grade: (typeof replyGrades)[number] | null
  reply: string
}
type Problem = ImportReport['problems'][number]
type Cells = Record<PastColumn, string>

const longest: Record<PastColumn, number> = {
  number: 60,
  title: 200,
  body: 8_000,
  meeting: 200,
  proposer: 200,
  departments: 300,
  recommendedOn: 30,
  repliedOn: 30,
  grade: 30,
  reply: 8_000,
}
const needed: readonly PastColumn[] = ['number', 'title', 'recommendedOn']
const longText: readonly PastColumn[] = ['body', 'reply']

/** Which column stands where, by the heading in either language; null when one that is needed is missing. */
export function columnsOf(headings: readonly string[]): Map<PastColumn, number> | null {
  const found = new Map<PastColumn, number>()
  for (const [place, heading] of headings.entries()) {
    const plain = heading.replace(/[*＊\s]/g, '').toLowerCase()
    const column = pastColumns.find((one) =>
      exportLanguages.some((language) => words[language].columns[one].replace(/\s/g, '').toLowerCase() === plain),
    )
    if (column && !found.has(column)) found.set(column, place)
  }
  return needed.every((column) => found.has(column)) ? found : null
}

/** Looks at every row for itself: what is right, and what is wrong with the others. */
export function checkRows(rows: readonly SheetRow[], columns: ReadonlyMap<PastColumn, number>) {
  const entries: Entry[] = []
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const { row, cells } of rows) {
    const wrong: Problem[] = []
    const note = (field: PastColumn, problem: Problem['problem'], value: string) =>
      void wrong.push({ row, field, problem, value: value.slice(0, 60) })
    const cellOf = (column: PastColumn) => cells[columns.get(column) ?? -1] ?? ''
    const read = Object.fromEntries(pastColumns.map((column) => [column, readCell(column, cellOf(column), note)])) as Cells
    const entry = entryOf(row, read, note)
    if (entry && seen.has(entry.number)) note('number', 'number-twice-in-file', entry.number)
    if (read.number) seen.add(read.number)
    if (wrong.length === 0 && entry) entries.push(entry)
    problems.push(...wrong)
  }
  return { entries, problems }
}

type Note = (field: PastColumn, problem: Problem['problem'], value: string) => void

function readCell(column: PastColumn, cell: string, note: Note): string {
  const max = longest[column]
  if (cell.trim().length > max) note(column, 'too-long', cell)
  const cut = cell.trim().slice(0, max)
  const clean = longText.includes(column) ? optionalText(max).parse(cut) : (line(max).safeParse(cut).data ?? '')
  if (clean === '' && needed.includes(column)) note(column, 'missing', '')
  return clean
}

function entryOf(row: number, cells: Cells, note: Note): Entry | null {
  const { number, title, body, meeting, proposer, departments, reply } = cells
  const recommendedOn = dayOf(cells.recommendedOn)
  const repliedOn = dayOf(cells.repliedOn)
  const grade = gradeOf(cells.grade)
  if (recommendedOn === undefined) note('recommendedOn', 'not-a-date', cells.recommendedOn)
  if (repliedOn === undefined) note('repliedOn', 'not-a-date', cells.repliedOn)
  if (grade === undefined) note('grade', 'not-a-grade', cells.grade)
  if (!recommendedOn || repliedOn === undefined || grade === undefined) return null
  if (repliedOn && repliedOn < recommendedOn) note('repliedOn', 'reply-before-recommendation', cells.repliedOn)
  const year = Number(recommendedOn.slice(0, 4))
  if (year < 1949 || year > 2199) note('recommendedOn', 'not-a-year', cells.recommendedOn)
  return { row, number, year, title, body, meetingTitle: meeting, proposer, departments, recommendedOn, repliedOn, grade, reply }
}

/** Null for nothing, undefined for what is no day: 2023-05-06, 2023/5/6, 2023.5.6, 2023年5月6日. */
function dayOf(text: string): string | null | undefined {
  if (text === '') return null
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.replace(/\s/g, '')) ?? []
  if (!year || !month || !day) return undefined
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const read = new Date(`${written}T00:00:00Z`)
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== written ? undefined : written
}

function gradeOf(text: string): Entry['grade'] | undefined {
  if (text === '') return null
  const letter = text.normalize('NFKC').charAt(0).toUpperCase()
  return replyGrades.find((grade) => grade === letter)
}
