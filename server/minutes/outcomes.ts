import { groupCitation, pollCitation, voteCitation } from '../../shared/result-citations.ts'
import { speechCitation } from '../../shared/speech-citation.ts'
import type { BreakoutService } from '../breakouts/service.ts'
import type { FloorService } from '../floor/service.ts'
import type { PollService } from '../polls/service.ts'
import type { VoteService } from '../votes/service.ts'
import type { Outcome, OutcomeSource } from './taking-in.ts'

type Deps = {
  floor: Pick<FloorService, 'spoken'>
  votes: Pick<VoteService, 'closed'>
  polls: Pick<PollService, 'closed'>
  breakouts: Pick<BreakoutService, 'written'>
}

/** What of a meeting the minutes take in by themselves. */
export function outcomeSources({ floor, votes, polls, breakouts }: Deps): OutcomeSource[] {
  return [
    {
      kind: 'speech',
      idIn: 'speechId',
      over: async (reader, meeting) =>
        (await floor.spoken(reader, meeting.id)).flatMap(({ id, agendaItemId, endedAt, ...speech }) =>
          endedAt === null
            ? []
            : {
                id,
                agendaItemId,
                at: endedAt,
                ...asBlock('speechCitation', speechCitation({ id, agendaItemId, endedAt, ...speech }, meeting)),
              },
        ),
    },
    {
      kind: 'vote',
      idIn: 'voteId',
      over: async (reader, meeting) =>
        (await votes.closed(reader, meeting.id)).flatMap((vote) => outcomeOf(vote, 'voteResult', voteCitation(vote))),
    },
    {
      kind: 'poll',
      idIn: 'pollId',
      over: async (reader, meeting) =>
        (await polls.closed(reader, meeting.id)).flatMap((poll) => outcomeOf(poll, 'pollResult', pollCitation(poll))),
    },
    {
      kind: 'group',
      idIn: 'groupId',
      over: async (reader, meeting) => {
        const { rounds, notes } = await breakouts.written(reader, meeting.id)
        return notes.flatMap((note) => {
          const round = rounds.find(({ id }) => id === note.breakoutId)
          const agendaItemId = round?.groups.find(({ id }) => id === note.groupId)?.agendaItemId ?? null
          const closedAt = round?.closedAt ?? null
          return outcomeOf({ id: note.groupId, agendaItemId, closedAt }, 'groupResult', groupCitation(note, rounds, meeting))
        })
      },
    },
  ]
}

const asBlock = (type: string, attrs: Record<string, unknown>) => ({ block: { type, attrs } })

const outcomeOf = (
  { id, agendaItemId, closedAt }: { id: string; agendaItemId: string | null; closedAt: string | null },
  type: string,
  attrs: Record<string, unknown> | null,
): Outcome[] => (attrs && closedAt ? [{ id, agendaItemId, at: closedAt, ...asBlock(type, attrs) }] : [])
