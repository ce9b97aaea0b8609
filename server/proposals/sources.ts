import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { AppError } from '../../shared/errors.ts'
import type { Proposal } from '../../shared/proposals.ts'
import type { Reader, Tx } from '../db/db.ts'
import { suggestions } from '../suggestions/schema.ts'
import { listThemes } from '../topics/theme-store.ts'
import { votes } from '../votes/schema.ts'
import { readVotes } from '../votes/store.ts'
import { proposalPassages, proposalSuggestions, proposals, proposalThemes, proposalVotes } from './schema.ts'

export type Sources = {
  suggestionIds: string[]
  passages: { blockId: string; text: string }[]
  voteIds: string[]
  themes: { id: string; name: string }[]
}

export const countOf = ({ suggestionIds, passages, voteIds, themes }: Sources) =>
  suggestionIds.length + passages.length + voteIds.length + themes.length

/** What a theme is called: by a moderator, or by the words that tell it from the others. */
export const themeName = ({ name, words }: { name: string | null; words: readonly string[] }) => name ?? words.slice(0, 3).join('、')

/** @throws AppError `not-found` for a vote or a theme that is not the meeting's, `conflict` for a vote that still runs. */
export async function requireOfMeeting(reader: Reader, meetingId: string, voteIds: readonly string[], themeIds: readonly string[]) {
  const found = new Map((await readVotes(reader, [...voteIds])).map((vote) => [vote.id, vote]))
  for (const id of voteIds) {
    const vote = found.get(id)
    if (vote?.meetingId !== meetingId) throw new AppError('not-found', 'no-such-vote')
    if (vote.closedAt === null) throw new AppError('conflict', 'vote-still-open')
  }
  const themes = themeIds.length === 0 ? [] : await listThemes(reader, meetingId)
  return themeIds.map((id) => {
    const theme = themes.find((one) => one.id === id)
    if (!theme) throw new AppError('not-found', 'no-such-theme')
    return { id, name: themeName(theme) }
  })
}

const tables: PgTable[] = [proposalSuggestions, proposalPassages, proposalVotes, proposalThemes]

/** Puts these in the place of all that a draft came from. */
export async function replaceSources(tx: Tx, proposalId: string, { suggestionIds, passages, voteIds, themes }: Sources) {
  for (const table of tables) await tx.delete(table).where(sql`proposal_id = ${proposalId}`)
  if (suggestionIds.length > 0)
    await tx.insert(proposalSuggestions).values(suggestionIds.map((suggestionId) => ({ proposalId, suggestionId })))
  if (passages.length > 0) await tx.insert(proposalPassages).values(passages.map((one, position) => ({ proposalId, position, ...one })))
  if (voteIds.length > 0) await tx.insert(proposalVotes).values(voteIds.map((voteId) => ({ proposalId, voteId })))
  if (themes.length > 0) await tx.insert(proposalThemes).values(themes.map(({ id, name }) => ({ proposalId, themeId: id, name })))
}

/** A proposal and all that were united with it, and with those; itself first. */
export async function familyOf(reader: Reader, id: string): Promise<string[]> {
  const { rows } = await reader.execute<{ id: string }>(sql`
    with recursive family (id, depth) as (
      select ${id}::uuid, 0
      union all
      select ${proposals}.id, family.depth + 1 from ${proposals} join family on ${proposals.mergedIntoId} = family.id
    ) select id from family order by depth, id`)
  return rows.map((row) => row.id)
}

/** What a family came from, each thing once. */
export async function readSources(reader: Reader, family: readonly string[]) {
  const ids = [...family]
  const { id, text, authorName } = suggestions
  const said = await reader
    .selectDistinct({ id, text, authorName, createdAt: suggestions.createdAt })
    .from(proposalSuggestions)
    .innerJoin(suggestions, eq(id, proposalSuggestions.suggestionId))
    .where(inArray(proposalSuggestions.proposalId, ids))
    .orderBy(asc(suggestions.createdAt), asc(id))
  const passages = await reader
    .select()
    .from(proposalPassages)
    .where(inArray(proposalPassages.proposalId, ids))
    .orderBy(sql`array_position(${sql.param(ids)}::uuid[], ${proposalPassages.proposalId})`, asc(proposalPassages.position))
  const decided = await reader
    .selectDistinct({ id: votes.id, question: votes.question, outcome: votes.outcome, openedAt: votes.openedAt })
    .from(proposalVotes)
    .innerJoin(votes, eq(votes.id, proposalVotes.voteId))
    .where(inArray(proposalVotes.proposalId, ids))
    .orderBy(asc(votes.openedAt))
  const themes = await reader.select().from(proposalThemes).where(inArray(proposalThemes.proposalId, ids)).orderBy(asc(proposalThemes.name))
  return {
    suggestions: said.map(({ createdAt: _, ...one }) => one),
    passages: firstOf(passages, 'blockId').map(({ blockId, text: words }) => ({ blockId, text: words })),
    votes: decided.map(({ openedAt: _, ...one }) => one),
    themes: firstOf(themes, 'themeId').map(({ themeId, name }) => ({ id: themeId, name })),
  } satisfies Pick<Proposal, 'suggestions' | 'passages' | 'votes' | 'themes'>
}

const firstOf = <T, K extends keyof T>(rows: readonly T[], key: K): T[] =>
  [...new Map([...rows].reverse().map((row) => [row[key], row])).values()].reverse()
