import type { Chairing, Desk, RollCall } from '../../shared/chairing.ts'
import type { Vote } from '../../shared/votes.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { useAgainOnConnect, useNewest, useNewestOfAll } from './useNewest.ts'

/** Who presides and by which rules. `learn` takes what an answer said, without waiting for the news. */
export function useChairing(meetingId: string): { chairing: Chairing | undefined; learn: (chairing: Chairing) => void } {
  const { data, refetch } = useQueryOf('chairing', { meetingId })
  const [chairing, learn] = useNewest(data)
  useNews('chairing:changed', (arrived) => {
    if (arrived.meetingId === meetingId) learn(arrived)
  })
  useAgainOnConnect(refetch)
  return { chairing, learn }
}

/** What lies before the chair's side; nothing for anybody else. */
export function useDesk(meetingId: string, mine: boolean): { desk: Desk | undefined; learn: (desk: Desk) => void } {
  const { data, refetch } = useQueryOf('chair-desk', { meetingId }, { enabled: mine })
  const [desk, learn] = useNewest(data)
  useNews('chair-desk:changed', (arrived) => {
    if (arrived.meetingId === meetingId) learn(arrived)
  })
  useAgainOnConnect(() => mine && refetch())
  return { desk: mine ? desk : undefined, learn }
}

/** A meeting's votes, newest first. */
export function useVotes(meetingId: string): { votes: Vote[]; learn: (vote: Vote) => void } {
  const { data, refetch } = useQueryOf('votes', { meetingId })
  const [known, learn] = useNewestOfAll(data)
  useNews('vote:changed', (arrived) => {
    if (arrived.meetingId === meetingId) learn(arrived)
  })
  useAgainOnConnect(refetch)
  return { votes: [...known.values()].sort((one, other) => (one.openedAt < other.openedAt ? 1 : -1)), learn }
}

/** A meeting's roll calls, newest first. */
export function useRollCalls(meetingId: string): { rollCalls: RollCall[]; learn: (rollCall: RollCall) => void } {
  const { data, refetch } = useQueryOf('roll-calls', { meetingId })
  const [known, learn] = useNewestOfAll(data)
  useNews('roll-call:changed', (arrived) => {
    if (arrived.meetingId === meetingId) learn(arrived)
  })
  useAgainOnConnect(refetch)
  return { rollCalls: [...known.values()].sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1)), learn }
}
