import type { Breakout, BreakoutNote } from '../../shared/breakouts.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { GroupCitation, PollCitation, SuggestionCitation, VoteCitation } from '../../shared/minutes.ts'
import type { Poll } from '../../shared/polls.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import type { Vote } from '../../shared/votes.ts'

/** What `window` is told to have something cited: `new CustomEvent('yishi:cite', { detail: { kind, id } })`. */
export type CiteRequest = { kind: 'suggestion' | 'speech' | 'vote' | 'poll' | 'group'; id: string }

export const citeEvent = 'yishi:cite'

export const suggestionCitation = (suggestion: Suggestion, now: Date): SuggestionCitation => ({
  suggestionId: suggestion.id,
  text: suggestion.text,
  authorName: suggestion.authorName,
  citedAt: now.toISOString(),
})

/** Null while it runs: what is not decided is not in the minutes. */
export const voteCitation = ({ id, question, secret, majority, base, result, closedAt }: Vote): VoteCitation | null =>
  result && closedAt ? { voteId: id, question, secret, majority, base, ...result, closedAt } : null

/** Null while it runs. */
export const pollCitation = ({ id, kind, question, options, counts, answered, closedAt }: Poll): PollCitation | null =>
  counts && closedAt ? { pollId: id, kind, question, options, counts, answered, closedAt } : null

/** Null for a group that has written nothing. */
export function groupCitation(note: BreakoutNote, rounds: readonly Breakout[], meeting: Meeting): GroupCitation | null {
  const round = rounds.find(({ id }) => id === note.breakoutId)
  const group = round?.groups.find(({ id }) => id === note.groupId)
  if (!round || !group || note.text === '') return null
  const topic = meeting.agenda.find(({ id }) => id === group.agendaItemId)?.title ?? ''
  return { groupId: group.id, name: group.name, topic, text: note.text, openedAt: round.openedAt }
}
