import { subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import type { StageView } from '../../shared/stage.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useFacts } from '../media/RoomContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { usePutStage } from './useStage.ts'

/** What the chair's side may put before everybody; `mayDirect` is false for everyone else. */
export function useDirecting() {
  const { actor } = useMe()
  const { meeting } = useFacts()
  const put = usePutStage()
  const spotlight = useCommand('stage:spotlight')
  const show = useCommand('stage:show')
  const view = useCommand('stage:view')
  const stopScreen = useCommand('stage:stop-screen')
  const meetingId = meeting.id
  return {
    mayDirect: can(actor, 'room:chair', subjectOfMeeting(meeting)),
    failure: spotlight.failure ?? show.failure ?? view.failure ?? stopScreen.failure,
    pending: spotlight.pending || show.pending || view.pending || stopScreen.pending,
    async spotlight(participantId: string | null) {
      const result = await spotlight.send({ meetingId, participantId })
      if (result.ok) put(result.value)
    },
    async show(suggestionId: string | null) {
      const result = await show.send({ meetingId, suggestionId })
      if (result.ok) put(result.value)
    },
    async view(wanted: StageView) {
      const result = await view.send({ meetingId, view: wanted })
      if (result.ok) put(result.value)
    },
    stopScreen: () => void stopScreen.send({ meetingId }),
  }
}
