import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { limitsOf, type MinutesRecorder } from '../../shared/minutes-sections.ts'
import { can } from '../../shared/policy.ts'
import { useAgainOnConnect } from '../chairing/useNewest.ts'
import { useMe } from '../identity/MeContext.tsx'
import { prefetch } from '../transport/askEarly.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { mergeNewer } from '../transport/mergeNewer.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'

type Known = MinutesRecorder & { id: string }
const identified = (recorder: MinutesRecorder): Known => ({ ...recorder, id: recorder.accountId })

/** Asks who records a meeting while the minutes are still on their way; whoever has to know waits for {@link useRecorders}. */
export function useRecordersEarly(meeting: Meeting | undefined) {
  const { actor } = useMe()
  const enabled = meeting !== undefined && can(actor, 'minutes:edit', subjectOfMeeting(meeting))
  const queryClient = useQueryClient()
  const meetingId = meeting?.id
  useEffect(() => {
    if (enabled && meetingId) prefetch(queryClient, 'minutes-recorders', { meetingId })
  }, [queryClient, enabled, meetingId])
}

/** Who records a meeting, and where this person may write. `ready` once that is known; the server decides it in any case. */
export function useRecorders(meeting: Meeting) {
  const { actor } = useMe()
  const subject = subjectOfMeeting(meeting)
  const writes = can(actor, 'minutes:edit', subject)
  const read = useQueryOf('minutes-recorders', { meetingId: meeting.id }, { enabled: writes })
  const { data, error, refetch } = read
  const [heard, setHeard] = useState<ReadonlyMap<string, Known>>(new Map())
  const learn = useCallback((recorder: MinutesRecorder) => setHeard((before) => mergeNewer(before, identified(recorder))), [])
  useNews('minutes:sections-changed', (arrived) => {
    if (arrived.meetingId === meeting.id) learn(arrived)
  })
  useAgainOnConnect(() => writes && refetch())
  const recorders = useMemo(
    () => [...mergeNewer(new Map((data ?? []).map((one) => [one.accountId, identified(one)])), ...heard.values()).values()],
    [data, heard],
  )
  const mine = recorders.find(({ accountId }) => accountId === actor.accountId)
  return {
    recorders,
    own: mine ? limitsOf(actor, meeting, mine.agendaItemIds) : null,
    ready: !writes || can(actor, 'minutes:compile', subject) || data !== undefined || error !== null,
    read,
    learn,
  }
}
