import { and, eq, inArray, isNull } from 'drizzle-orm'
import { dayOf } from '../../shared/calendar.ts'
import {
  colourOfLine,
  type LedgerField,
  type LedgerFilter,
  type LedgerForm,
  type LedgerLine,
  type LedgerSort,
} from '../../shared/ledger.ts'
import { type Actor, allowSomewhere, signedIn } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader } from '../db/db.ts'
import { assignments, recommendations, replies } from '../recommendations/schema.ts'
import { cursorAfter } from './cursor.ts'
import { reachOf } from './reach.ts'
import { pastRecommendations } from './schema.ts'
import * as store from './store.ts'
import { type ExportLanguage, words } from './words.ts'

export type LedgerExport = ReturnType<typeof createLedgerExport>

export type Wish = { form: LedgerForm; fields: LedgerField[]; language: ExportLanguage; filter: LedgerFilter; sort: LedgerSort }
export type Table = {
  name: string
  sheet: string
  fields: LedgerField[]
  headings: string[]
  lines: number
  pages: AsyncIterable<string[][]>
}

type Deps = { db: Db; audit: AuditService; now: () => Date }

/** So many lines are in memory at a time, and others are served between two of them. */
const atATime = 200

/** What the ledger shows somebody, as a table that is read while it is sent. */
export function createLedgerExport({ db, audit, now }: Deps) {
  async function* pages(actor: Actor, { filter, sort, fields, language }: Wish, at: Date): AsyncIterable<string[][]> {
    const wanted = { reach: reachOf(actor), filter, now: at }
    let after: store.Row | undefined
    do {
      const rows = await store.listLines(db.reader, wanted, { sort, after: after && cursorAfter(sort, after), limit: atATime })
      const [lines, texts] = await Promise.all([store.nameLines(db.reader, rows), readTexts(db.reader, rows, fields)])
      yield lines.map((line) => fields.map((field) => writers[field](line, { ...texts.get(line.id), language, at })))
      after = rows.length === atATime ? rows.at(-1) : undefined
    } while (after)
  }

  return {
    /** @throws AppError `not-allowed` for whoever reads nothing of it */
    async table(actor: Actor, wish: Wish): Promise<Table> {
      allowSomewhere(actor, 'recommendation:read')
      const at = now()
      const { fields, filter, form, language } = wish
      const counts = await store.countLines(db.reader, { reach: reachOf(actor), filter, now: at })
      const lines = counts.reduce((sum, { total }) => sum + total, 0)
      await db.transaction((tx) => audit.record(tx, actor, 'ledger:export', signedIn(actor), { form, fields, filter, lines }))
      return {
        name: `${words[language].file} ${dayOf(at.toISOString())}`,
        sheet: words[language].sheet,
        fields,
        headings: fields.map((field) => words[language].fields[field]),
        lines,
        pages: pages(actor, wish, at),
      }
    },
  }
}

type Texts = { body?: string; reply?: string }
type Around = Texts & { language: ExportLanguage; at: Date }

const writers: Record<LedgerField, (line: LedgerLine, around: Around) => string> = {
  number: ({ number }) => number,
  title: ({ title }) => title,
  body: (_, { body }) => body ?? '',
  meeting: ({ meetingTitle }) => meetingTitle,
  proposer: ({ proposerName }) => proposerName,
  year: ({ year }) => String(year),
  region: ({ regionPath }) => regionPath.join(' · '),
  department: ({ organizationName }) => organizationName,
  state: ({ state }, { language }) => words[language].states[state],
  colour: (line, { language, at }) => {
    const colour = colourOfLine(line, at)
    return colour ? words[language].colours[colour] : ''
  },
  due: ({ dueAt }) => (dueAt ? dayOf(dueAt) : ''),
  grade: ({ grade }) => grade ?? '',
  reply: (_, { reply }) => reply ?? '',
  created: ({ createdAt }) => dayOf(createdAt),
  changed: ({ changedAt }) => dayOf(changedAt),
}

/** The long texts of a page, where they are wished for. */
async function readTexts(reader: Reader, rows: readonly store.Row[], fields: readonly LedgerField[]): Promise<Map<string, Texts>> {
  if (!fields.includes('body') && !fields.includes('reply')) return new Map()
  const idsOf = (key: 'recommendationId' | 'pastId') => [...new Set(rows.flatMap((row) => row[key] ?? []))]
  const [bodies, answers, past] = await Promise.all([
    reader
      .select({ id: recommendations.id, body: recommendations.body })
      .from(recommendations)
      .where(inArray(recommendations.id, idsOf('recommendationId'))),
    reader
      .select({ id: replies.assignmentId, reply: replies.text })
      .from(replies)
      .innerJoin(assignments, and(eq(assignments.id, replies.assignmentId), eq(assignments.round, replies.round)))
      .where(
        and(
          isNull(replies.sentBack),
          inArray(
            replies.assignmentId,
            rows.map(({ id }) => id),
          ),
        ),
      ),
    reader
      .select({ id: pastRecommendations.id, body: pastRecommendations.body, reply: pastRecommendations.reply })
      .from(pastRecommendations)
      .where(inArray(pastRecommendations.id, idsOf('pastId'))),
  ])
  const bodyOf = new Map(bodies.map(({ id, body }) => [id, body]))
  const replyOf = new Map(answers.map(({ id, reply }) => [id, reply]))
  const pastOf = new Map(past.map((one) => [one.id, one]))
  return new Map(
    rows.map(({ id, recommendationId }) => {
      const earlier = pastOf.get(id)
      const body = earlier?.body ?? bodyOf.get(recommendationId ?? '')
      const reply = earlier?.reply ?? replyOf.get(id)
      return [id, { ...(body !== undefined && { body }), ...(reply !== undefined && { reply }) }]
    }),
  )
}
