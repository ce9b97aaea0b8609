import { and, eq, gt, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import { hallWarnings, type WarningDays } from '../../shared/clocks.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import { insertMany } from '../db/insert-many.ts'
import { accounts } from '../identity/schema.ts'
import { meetingRegions } from '../meetings/schema.ts'
import { recommendations } from '../recommendations/schema.ts'
import { readRecommendations } from '../recommendations/store.ts'
import { type Facts, type Line, linesOf, never, scopesOf, wordsOf } from './lines.ts'
import { ledgerLines, ledgerTexts } from './schema.ts'
import { termsOf, vectorOf } from './terms.ts'

export type LedgerKeeper = ReturnType<typeof createLedgerKeeper>

type Deps = { db: Db; now: () => Date; log: Logger }

/** So many are made anew in one transaction. */
const atATime = 100

/** Keeps the ledger's lines as the recommendations are. */
export function createLedgerKeeper({ db, now, log }: Deps) {
  let closed = false
  let catchingUp: Promise<unknown> = Promise.resolve()

  /** Of recommendations that are locked. */
  async function put(tx: Tx, given: readonly Recommendation[]) {
    const facts = await readFacts(
      tx,
      given.map(({ id }) => id),
    )
    const at = now().toISOString()
    const lines = given.flatMap((one) => linesOf(one, facts.get(one.id)!, at))
    await replaceLines(
      tx,
      given.map(({ id }) => id),
      lines,
    )
    await putTexts(
      tx,
      given.map((one) => {
        const own = facts.get(one.id)!
        return { subjectId: one.id, terms: vectorOf(termsOf(wordsOf(one, own))), scopes: scopesOf(own.regionCodes) }
      }),
    )
  }

  /** Makes anew what is older than its recommendation, as after an upgrade. Gives the last of those looked at, null at the end. */
  const catchUpAfter = (last: string | null): Promise<string | null> =>
    db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ id: string }>(sql`
        select id from recommendations r
        where ${last === null ? sql`true` : sql`id > ${last}`}
          and not exists (select from ledger_lines l where l.subject_id = r.id and l.version = r.version)
        order by id limit ${atATime} for update`)
      const ids = rows.map(({ id }) => id)
      if (ids.length > 0) await put(tx, await readRecommendations(tx, ids))
      return ids.at(-1) ?? null
    })

  async function catchUp() {
    for (let last: string | null = null; !closed; ) {
      last = await catchUpAfter(last)
      if (last === null) return
    }
  }

  return {
    put: (tx: Tx, recommendation: Recommendation) => put(tx, [recommendation]),

    /** Whose a meeting is has changed, and with it who reads what it recommends. */
    async moved(tx: Tx, meetingId: string) {
      for (let last: string | undefined; ; ) {
        const rows = await tx
          .select({ id: recommendations.id })
          .from(recommendations)
          .where(and(eq(recommendations.meetingId, meetingId), last === undefined ? undefined : gt(recommendations.id, last)))
          .orderBy(recommendations.id)
          .limit(atATime)
          .for('update')
        if (rows.length === 0) return
        last = rows.at(-1)!.id
        await put(
          tx,
          await readRecommendations(
            tx,
            rows.map(({ id }) => id),
          ),
        )
      }
    },

    /** A region's deadlines turn yellow sooner or later than they did. */
    rewarned: (tx: Tx, regionCode: string) =>
      tx.execute(sql`
        update ledger_lines l set warn_at = due_at - make_interval(days =>
          case when state = 'issued' then ${nearestWarning('sign')} else ${nearestWarning('reply')} end)
        where due_at < ${never} and l.region_code >= ${regionCode} and l.region_code < ${`${regionCode}:`}`),

    start() {
      catchingUp = catchUp().catch((error: unknown) => log.error({ err: error }, 'the ledger is not up to date'))
    },
    /** The round that is under way has ended. */
    caughtUp: () => catchingUp,
    close() {
      closed = true
      return catchingUp
    },
  }
}

/** The same as `readWarningDays`, for many lines at once. */
const nearestWarning = (kind: keyof WarningDays) => sql`coalesce((
  select (w.value ->> ${kind})::int from region_settings w
  where w.key = 'reminders' and jsonb_typeof(w.value) = 'object' and l.region_code like w.region_code || '%'
  order by length(w.region_code) desc limit 1), ${hallWarnings[kind]}::int)`

async function readFacts(reader: Reader, ids: string[]): Promise<Map<string, Facts>> {
  const rows = await reader
    .select({
      id: recommendations.id,
      proposerId: accounts.id,
      proposerName: accounts.name,
      year: recommendations.year,
      regionCodes: sql<
        string[]
      >`array(select ${meetingRegions.regionCode} from ${meetingRegions} where ${meetingRegions.meetingId} = ${recommendations.meetingId} order by 1)`,
    })
    .from(recommendations)
    .innerJoin(accounts, eq(accounts.id, recommendations.createdBy))
    .where(sql`${recommendations.id} = any(${sql.param(ids)}::uuid[])`)
  return new Map(rows.map(({ id, ...facts }) => [id, facts]))
}

async function replaceLines(tx: Tx, recommendationIds: string[], lines: Line[]) {
  const kept = lines.map(({ id }) => id)
  await tx.execute(sql`
    delete from ledger_lines
    where subject_id = any(${sql.param(recommendationIds)}::uuid[]) and id <> all(${sql.param(kept)}::uuid[])`)
  await putLines(tx, lines)
}

const changing = ['organization_id', 'meeting_id', 'proposer_id', 'year', 'state', 'grade', 'region_code', 'scopes', 'places', 'paused']
const dated = ['warn_at', 'due_at', 'created_at', 'changed_at', 'version']
const putLines = insertMany(
  ledgerLines,
  [
    ...([
      'id',
      'subjectId',
      'recommendationId',
      'organizationId',
      'meetingId',
      'proposerId',
      'year',
      'state',
      'grade',
      'regionCode',
    ] as const),
    ...(['scopes', 'places', 'paused', 'warnAt', 'dueAt', 'createdAt', 'changedAt', 'version'] as const),
  ],
  { onConflict: `on conflict (id) do update set ${[...changing, ...dated].map((name) => `${name} = excluded.${name}`).join(', ')}` },
)

/** The index of terms is dear to write: it is left alone while the words stay as they are. */
const putTexts = insertMany(ledgerTexts, ['subjectId', 'terms', 'scopes'], {
  onConflict: `on conflict (subject_id) do update set terms = excluded.terms, scopes = excluded.scopes
    where ledger_texts.terms <> excluded.terms or ledger_texts.scopes <> excluded.scopes`,
})
