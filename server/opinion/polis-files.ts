import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { VoteBatch } from './conversation.ts'
import { readCsv } from './csv.ts'
import { createRoster } from './roster.ts'

/** A folder that does not hold a conversation; the message says which file and line, for whoever gave the folder. */
export class FilesError extends Error {}

export type Comment = { id: string; text: string; moderated: number }
export type Exported = {
  comments: Comment[]
  votes: VoteBatch
  /** The groups that the export names, where it does. */
  groups: Map<string, string>
  source: string
}

// Some exports call it the one, some the other.
const wideNames = ['participants-votes.csv', 'participant-votes.csv']

/**
 * A conversation exported in Pol.is' CSV form. `votes.csv` is a log in which the last vote of a person on a comment counts; 1 is agree, -1 is disagree and 0
 * is pass (Pol.is' own database has it the other way round; its exports, and ours, have it this way). Where there is none, `participants-votes.csv`
 * has a row for each person. Columns are found by their names.
 * @throws FilesError when a file is missing or cannot be understood.
 */
export async function readExport(folder: string): Promise<Exported> {
  const comments = commentsFrom(await readTable(folder, 'comments.csv'))
  const log = await findTable(folder, ['votes.csv'])
  const wide = await findTable(folder, wideNames)
  if (log) return { comments, ...fromLog(log), groups: wide ? groupsFrom(wide) : new Map(), source: log.name }
  if (wide) return { comments, ...fromWide(wide), groups: groupsFrom(wide), source: wide.name }
  throw new FilesError(`There is neither votes.csv nor ${wideNames[0]} in ${folder}.`)
}

type Table = { name: string; header: string[]; rows: () => Iterable<string[]> }

async function findTable(folder: string, names: string[]): Promise<Table | null> {
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw new FilesError(`${name} cannot be read: ${error.message}`)
    })
    if (text === null) continue
    const { value: header } = readCsv(text).next()
    if (!header) throw new FilesError(`${name} is empty.`)
    return { name, header: header.map((field: string) => field.trim().toLowerCase()), rows: () => withoutHeader(text) }
  }
  return null
}

function* withoutHeader(text: string): Generator<string[]> {
  const rows = readCsv(text)
  rows.next()
  yield* rows
}

async function readTable(folder: string, name: string): Promise<Table> {
  const table = await findTable(folder, [name])
  if (!table) throw new FilesError(`There is no ${name} in ${folder}.`)
  return table
}

function columnOf({ name, header }: Table, column: string): number {
  const place = header.indexOf(column)
  if (place < 0) throw new FilesError(`${name} has no column ${column}; it has: ${header.slice(0, 10).join(', ')}.`)
  return place
}

function commentsFrom(table: Table): Comment[] {
  const [id, moderated, body] = [columnOf(table, 'comment-id'), table.header.indexOf('moderated'), table.header.indexOf('comment-body')]
  return Array.from(table.rows(), (row, index) => ({
    id: numbered(table, row[id], index),
    text: row[body] ?? '',
    moderated: Number(row[moderated] ?? 0) || 0,
  }))
}

/** Ids are numbers, of which `7` and `07` are the same; others are kept as they are. */
function numbered({ name }: Table, value: string | undefined, index: number): string {
  const id = value?.trim() ?? ''
  if (id === '') throw new FilesError(`${name}, row ${index + 2}: an id is missing.`)
  return /^\d+(\.0+)?$/.test(id) ? String(Number(id)) : id
}

function voteFrom({ name }: Table, value: string | undefined, index: number): number {
  const vote = Number(value)
  if (value?.trim() && (vote === 1 || vote === 0 || vote === -1)) return vote
  throw new FilesError(`${name}, row ${index + 2}: a vote is 1, 0 or -1, not “${value ?? ''}”.`)
}

function fromLog(table: Table): { votes: VoteBatch } {
  const [comment, voter, vote] = [columnOf(table, 'comment-id'), columnOf(table, 'voter-id'), columnOf(table, 'vote')]
  const timestamp = table.header.indexOf('timestamp')
  const batch = createBatch()
  const times: number[] = []
  let index = 0
  for (const row of table.rows()) {
    batch.add(numbered(table, row[voter], index), numbered(table, row[comment], index), voteFrom(table, row[vote], index))
    times.push(Number(row[timestamp] ?? 0) || 0)
    index++
  }
  return { votes: batch.inOrder(times) }
}

function fromWide(table: Table): { votes: VoteBatch } {
  const participant = columnOf(table, 'participant')
  const comments = table.header.flatMap((name, place) => (/^\d+$/.test(name) ? [{ id: String(Number(name)), place }] : []))
  const batch = createBatch()
  let index = 0
  for (const row of table.rows()) {
    const person = numbered(table, row[participant], index)
    for (const { id, place } of comments) if (row[place]?.trim()) batch.add(person, id, voteFrom(table, row[place], index))
    index++
  }
  return { votes: batch.inOrder([]) }
}

function groupsFrom(table: Table): Map<string, string> {
  const [participant, group] = [columnOf(table, 'participant'), table.header.indexOf('group-id')]
  const groups = new Map<string, string>()
  let index = 0
  for (const row of table.rows()) {
    if (row[group]?.trim()) groups.set(numbered(table, row[participant], index), row[group].trim())
    index++
  }
  return groups
}

function createBatch() {
  const [people, comments] = [createRoster(), createRoster()]
  const [rows, columns, votes]: [number[], number[], number[]] = [[], [], []]
  return {
    add(person: string, comment: string, vote: number) {
      rows.push(people.numberOf(person))
      columns.push(comments.numberOf(comment))
      votes.push(vote)
    },
    /** A log is sorted by its times; what happened at the same time stays as it stood. */
    inOrder(times: number[]): VoteBatch {
      const order = Array.from(rows.keys())
      if (times.some((time, i) => i > 0 && time < times[i - 1]!)) order.sort((a, b) => times[a]! - times[b]! || a - b)
      const log = {
        rows: Int32Array.from(order, (i) => rows[i]!),
        columns: Int32Array.from(order, (i) => columns[i]!),
        votes: Int8Array.from(order, (i) => votes[i]!),
      }
      return { people: [...people.ids], suggestions: [...comments.ids], log }
    },
  }
}
