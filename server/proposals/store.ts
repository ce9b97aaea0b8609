import { and, asc, desc, eq, exists, gte, inArray, isNotNull, isNull, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { type Actor, type Grant, signedIn } from '../../shared/policy.ts'
import type { Claim, ProposalShelf, ProposalStep, ProposalSummary, Signer } from '../../shared/proposals.ts'
import { underReview } from '../../shared/review-machine.ts'
import type { Reader, Tx } from '../db/db.ts'
import { isBehind } from '../db/paging.ts'
import { accounts } from '../identity/schema.ts'
import { meetingRegions, meetings } from '../meetings/schema.ts'
import { proposalSigners, proposalSteps, proposals } from './schema.ts'

export type Row = typeof proposals.$inferSelect
type Named = { row: Row; meetingTitle: string; proposerName: string }

/** What a list shows, in the order of `ids`. The rule of the region is added by the service. */
export type Listed = Omit<ProposalSummary, 'sameReviewer'>

export async function readListed(reader: Reader, ids: readonly string[], now: string): Promise<Listed[]> {
  if (ids.length === 0) return []
  const rows: Named[] = await reader
    .select({ row: proposals, meetingTitle: meetings.title, proposerName: accounts.name })
    .from(proposals)
    .innerJoin(meetings, eq(meetings.id, proposals.meetingId))
    .innerJoin(accounts, eq(accounts.id, proposals.proposerId))
    .where(inArray(proposals.id, [...ids]))
  const hosts = await reader
    .select()
    .from(meetingRegions)
    .where(
      inArray(
        meetingRegions.meetingId,
        rows.map(({ row }) => row.meetingId),
      ),
    )
    .orderBy(asc(meetingRegions.position))
  const others = await namesOf(
    reader,
    rows.flatMap(({ row }) => [row.claimedBy, row.firstReviewerId]),
  )
  const signers = await listSigners(reader, ids)
  const byId = new Map(
    rows.map(({ row, meetingTitle, proposerName }): [string, Listed] => {
      const { id, meetingId, regionCode, status, title, returned, createdAt, submittedAt, version } = row
      const own = signers.filter((signer) => signer.proposalId === id)
      const listed: Listed = {
        ...{ id, meetingId, meetingTitle, regionCode, status, title, returned, createdAt, submittedAt, version },
        regionCodes: hosts.filter((host) => host.meetingId === meetingId).map((host) => host.regionCode),
        proposer: { id: row.proposerId, name: proposerName },
        signers: own.map(({ textVersion, proposalId: _, ...signer }) => ({ ...signer, current: textVersion === row.textVersion })),
        claim: claimOf(row, others, now),
        firstReviewer: row.firstReviewerId === null ? null : { id: row.firstReviewerId, name: others.get(row.firstReviewerId) ?? '' },
      }
      return [id, listed]
    }),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** The claim that holds now: one that has run out is none. */
function claimOf({ claimedBy, claimedAt, claimedUntil }: Row, names: Map<string, string>, now: string): Claim | null {
  if (claimedBy === null || claimedAt === null || claimedUntil === null || claimedUntil <= now) return null
  return { accountId: claimedBy, name: names.get(claimedBy) ?? '', at: claimedAt, until: claimedUntil }
}

async function namesOf(reader: Reader, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))]
  if (known.length === 0) return new Map()
  const rows = await reader.select({ id: accounts.id, name: accounts.name }).from(accounts).where(inArray(accounts.id, known))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

type SignerRow = Omit<Signer, 'current'> & { proposalId: string; textVersion: number | null }

export const listSigners = (reader: Reader, proposalIds: readonly string[]): Promise<SignerRow[]> =>
  reader
    .select({
      proposalId: proposalSigners.proposalId,
      accountId: proposalSigners.accountId,
      name: accounts.name,
      answer: proposalSigners.answer,
      at: proposalSigners.answeredAt,
      textVersion: proposalSigners.textVersion,
    })
    .from(proposalSigners)
    .innerJoin(accounts, eq(accounts.id, proposalSigners.accountId))
    .where(inArray(proposalSigners.proposalId, [...proposalIds]))
    .orderBy(asc(proposalSigners.invitedAt), asc(proposalSigners.accountId))

export async function findProposal(reader: Reader, id: string): Promise<Row | undefined> {
  const [row] = await reader.select().from(proposals).where(eq(proposals.id, id))
  return row
}

/** In the order of their ids, so that two who lock the same ones never wait for one another. */
export const lockProposals = (tx: Tx, ids: readonly string[]): Promise<Row[]> =>
  tx
    .select()
    .from(proposals)
    .where(inArray(proposals.id, [...ids]))
    .orderBy(asc(proposals.id))
    .for('update')

/** Returns false when the id is taken; waits for whoever is taking it. */
export async function insertProposal(tx: Tx, row: typeof proposals.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(proposals).values(row).onConflictDoNothing().returning({ id: proposals.id })
  return rows.length > 0
}

export async function updateProposal(tx: Tx, id: string, changes: Partial<Omit<Row, 'id' | 'version'>>): Promise<number> {
  const [row] = await tx
    .update(proposals)
    .set({ ...changes, version: sql`${proposals.version} + 1` })
    .where(eq(proposals.id, id))
    .returning({ version: proposals.version })
  return row!.version
}

export async function insertStep(tx: Tx, step: typeof proposalSteps.$inferInsert) {
  await tx.insert(proposalSteps).values(step)
}

export async function lastStep(reader: Reader, proposalId: string) {
  const [row] = await reader
    .select()
    .from(proposalSteps)
    .where(eq(proposalSteps.proposalId, proposalId))
    .orderBy(desc(proposalSteps.at), desc(proposalSteps.id))
    .limit(1)
  return row
}

export const listSteps = (reader: Reader, proposalId: string) =>
  reader
    .select({ move: proposalSteps.move, at: proposalSteps.at, byName: proposalSteps.byName, reason: proposalSteps.reason })
    .from(proposalSteps)
    .where(eq(proposalSteps.proposalId, proposalId))
    .orderBy(asc(proposalSteps.at), asc(proposalSteps.id))

export type Which = {
  accountId: string
  reviewing: readonly Grant[]
  meetingId?: string | undefined
  open: boolean
  shelf: ProposalShelf
  after?: string | undefined
  limit: number
  at: string
}

const newest = sql`coalesce(${proposals.submittedAt}, ${proposals.createdAt})`

/** One's own, those that one is asked to sign, and of those handed in the ones within the reach of these grants. */
export async function listIds(reader: Reader, which: Which): Promise<string[]> {
  const { meetingId, open, after, limit } = which
  const rows = await reader
    .select({ id: proposals.id })
    .from(proposals)
    .where(
      and(
        // A union, so that each part may use its own index.
        sql`${proposals.id} in (${sql.join(partsOf(reader, which), sql` union `)})`,
        meetingId ? eq(proposals.meetingId, meetingId) : undefined,
        open ? inArray(proposals.status, ['draft', ...underReview]) : undefined,
        after === undefined ? undefined : isBehind(newest, proposals.id, after),
      ),
    )
    .orderBy(desc(newest), desc(proposals.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** What a shelf is put together from. What waits for somebody is told more closely by the rules of the region, where it is shown. */
function partsOf(reader: Reader, { accountId, reviewing, open, shelf, at }: Which): SQL[] {
  const waiting = shelf === 'waiting'
  const ids = (which: SQL | undefined) => sql`${reader.select({ id: proposals.id }).from(proposals).where(which)}`
  const own = ids(
    and(eq(proposals.proposerId, accountId), waiting ? and(eq(proposals.status, 'draft'), isNotNull(proposals.returned)) : undefined),
  )
  const asked = sql`${reader
    .select({ id: proposalSigners.proposalId })
    .from(proposalSigners)
    .innerJoin(proposals, eq(proposals.id, proposalSigners.proposalId))
    .where(and(eq(proposalSigners.accountId, accountId), waiting ? isToSign : undefined))}`
  const reach = reviewing.map((grant) => reachedBy(reader, grant)).filter((condition) => condition !== undefined)
  const handedIn =
    open || shelf !== 'all'
      ? inArray(proposals.status, [...underReview])
      : and(ne(proposals.status, 'draft'), ne(proposals.status, 'dropped'))
  const free = waiting ? or(isNull(proposals.claimedUntil), lte(proposals.claimedUntil, at), eq(proposals.claimedBy, accountId)) : undefined
  const reviewed = reach.length === 0 ? [] : [ids(and(handedIn, free, or(...reach)))]
  switch (shelf) {
    case 'mine':
      return [own]
    case 'review':
      return reviewed.length > 0 ? reviewed : [ids(sql`false`)]
    default:
      return [own, asked, ...reviewed]
  }
}

/** Asked, or signed in a state of the text that has changed since. */
const isToSign = and(
  inArray(proposals.status, ['draft', ...underReview]),
  or(
    eq(proposalSigners.answer, 'invited'),
    and(eq(proposalSigners.answer, 'signed'), ne(proposalSigners.textVersion, proposals.textVersion)),
  ),
)

export function reachedBy(reader: Reader, { scope }: Grant): SQL | undefined {
  if (scope.kind === 'meeting') return eq(proposals.meetingId, scope.meetingId)
  if (scope.kind === 'organization') return undefined
  return exists(
    reader
      .select({ one: sql`1` })
      .from(meetingRegions)
      .where(
        and(
          eq(meetingRegions.meetingId, proposals.meetingId),
          gte(meetingRegions.regionCode, scope.regionCode),
          lt(meetingRegions.regionCode, `${scope.regionCode}:`),
        ),
      ),
  )
}

/** A step that somebody makes now. */
export const stepOf = (actor: Actor, proposalId: string, move: ProposalStep['move'], reason: string, at: Date) => ({
  id: v7(),
  proposalId,
  move,
  at: at.toISOString(),
  byId: signedIn(actor),
  byName: actor.name,
  reason,
})
