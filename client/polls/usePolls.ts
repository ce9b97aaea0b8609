import { useCallback, useEffect, useState } from 'react'
import { mergePoll, type PollView } from '../../shared/polls.ts'
import { useAgainOnConnect } from '../chairing/useNewest.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'

/** A meeting's polls, newest first, with my answers. `learn` takes what an answer said, without waiting for the news. */
export function usePolls(meetingId: string): { polls: PollView[]; learn: (...polls: PollView[]) => void } {
  const { data, refetch } = useQueryOf('polls', { meetingId })
  const [known, setKnown] = useState<ReadonlyMap<string, PollView>>(new Map())
  const change = useCallback(
    (polls: { id: string }[], merged: (before: PollView | undefined, id: string) => PollView | undefined) =>
      setKnown((before) => {
        const next = new Map(before)
        for (const { id } of polls) {
          const poll = merged(before.get(id), id)
          if (poll) next.set(id, poll)
        }
        return next
      }),
    [],
  )
  const learn = useCallback(
    (...polls: PollView[]) => {
      const byId = new Map(polls.map((poll) => [poll.id, poll]))
      change(polls, (before, id) => {
        const arrived = byId.get(id)!
        return before ? { ...mergePoll(before, arrived)!, mine: arrived.mine } : arrived
      })
    },
    [change],
  )
  useEffect(() => {
    if (data) learn(...data)
  }, [data, learn])
  useNews('poll:changed', (poll) => {
    if (poll.meetingId === meetingId) change([poll], (before) => (before ? mergePoll(before, poll) : { ...poll, mine: null }))
  })
  useNews('poll:counted', (count) => {
    if (count.meetingId === meetingId) change([count], (before) => mergePoll(before, count))
  })
  useAgainOnConnect(refetch)
  return { polls: [...known.values()].sort((one, other) => (one.openedAt < other.openedAt ? 1 : -1)), learn }
}
