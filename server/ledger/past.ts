import { and, eq, inArray, type SQL } from 'drizzle-orm'
import type { Reader, Tx } from '../db/db.ts'
import { insertMany } from '../db/insert-many.ts'
import { accounts } from '../identity/schema.ts'
import { never, scopesOf } from './lines.ts'
import { ledgerLines, ledgerTexts, pastRecommendations } from './schema.ts'
import { termsOf, vectorOf } from './terms.ts'

export type Past = typeof pastRecommendations.$inferInsert

export async function findPast(reader: Reader, reach: SQL | undefined, pastId: string) {
  const [row] = await reader
    .select({ past: pastRecommendations, importedBy: accounts.name })
    .from(ledgerLines)
    .innerJoin(pastRecommendations, eq(pastRecommendations.id, ledgerLines.pastId))
    .innerJoin(accounts, eq(accounts.id, pastRecommendations.importedBy))
    .where(and(eq(ledgerLines.id, pastId), reach))
  return row && { ...row.past, importedBy: row.importedBy }
}

/** Which of the numbers a region has already. */
export async function knownNumbers(reader: Reader, regionCode: string, numbers: string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set()
  const rows = await reader
    .select({ number: pastRecommendations.number })
    .from(pastRecommendations)
    .where(and(eq(pastRecommendations.regionCode, regionCode), inArray(pastRecommendations.number, numbers)))
  return new Set(rows.map(({ number }) => number))
}

const atATime = 500

/** Stores earlier recommendations with their lines and terms. */
export async function insertPast(tx: Tx, past: readonly Past[]) {
  for (let first = 0; first < past.length; first += atATime) {
    const rows = past.slice(first, first + atATime)
    await insertRows(tx, rows)
    await insertLines(tx, rows.map(lineOf))
    await insertTexts(
      tx,
      rows.map((row) => ({ subjectId: row.id, terms: vectorOf(termsOf(wordsOf(row))), scopes: scopesOf([row.regionCode]) })),
    )
  }
}

const wordsOf = ({ number, title, body, meetingTitle, proposer, departments, reply }: Past) => [
  ...[number, title, body, meetingTitle],
  ...[proposer, departments, reply],
]

function lineOf({ id, regionCode, year, grade, recommendedOn, importedAt }: Past): typeof ledgerLines.$inferInsert {
  const scopes = scopesOf([regionCode])
  // Noon in China, so that it is that day wherever it is read.
  const createdAt = `${recommendedOn}T04:00:00.000Z`
  const still = { paused: false, warnAt: never, dueAt: never, version: 0 }
  return {
    ...still,
    id,
    subjectId: id,
    pastId: id,
    year,
    state: 'past',
    grade,
    regionCode,
    scopes,
    places: scopes,
    createdAt,
    changedAt: importedAt,
  }
}

const insertRows = insertMany(pastRecommendations, [
  ...(['id', 'regionCode', 'number', 'year', 'title', 'body', 'meetingTitle', 'proposer', 'departments'] as const),
  ...(['recommendedOn', 'repliedOn', 'grade', 'reply', 'importedBy', 'importedAt'] as const),
])
const insertLines = insertMany(ledgerLines, [
  ...(['id', 'subjectId', 'pastId', 'year', 'state', 'grade', 'regionCode', 'scopes', 'places', 'paused'] as const),
  ...(['warnAt', 'dueAt', 'createdAt', 'changedAt', 'version'] as const),
])
const insertTexts = insertMany(ledgerTexts, ['subjectId', 'terms', 'scopes'])
