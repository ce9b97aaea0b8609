import type { Breakout, BreakoutNote } from './breakouts.ts'
import type { AgendaItem } from './meetings.ts'
import type { GroupCitation, PollCitation, VoteCitation } from './minutes.ts'
import type { Poll } from './polls.ts'
import type { Vote } from './votes.ts'

/** What the minutes say of a vote. Null while it runs: what is not decided is not in the minutes. */
export const voteCitation = ({ id, question, secret, majority, base, result, closedAt }: Vote): VoteCitation | null =>
  result && closedAt ? { voteId: id, question, secret, majority, base, ...result, closedAt } : null

/** Null while it runs. */
export const pollCitation = ({ id, kind, question, options, counts, answered, closedAt }: Poll): PollCitation | null =>
  counts && closedAt ? { pollId: id, kind, question, options, counts, answered, closedAt } : null

/** Null for a group that has written nothing. */
export function groupCitation(
  note: BreakoutNote,
  rounds: readonly Breakout[],
  meeting: { agenda: readonly AgendaItem[] },
): GroupCitation | null {
  const round = rounds.find(({ id }) => id === note.breakoutId)
  const group = round?.groups.find(({ id }) => id === note.groupId)
  if (!round || !group || note.text === '') return null
  const topic = meeting.agenda.find(({ id }) => id === group.agendaItemId)?.title ?? ''
  return { groupId: group.id, name: group.name, topic, text: note.text, openedAt: round.openedAt }
}
