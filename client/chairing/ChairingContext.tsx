import { createContext, type ReactNode, useContext } from 'react'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useFacts } from '../media/RoomContext.tsx'
import { useChairing, useDesk, useRollCalls, useVotes } from './useChairing.ts'

type InTheRoom = ReturnType<typeof useAll>

const ChairingContext = createContext<InTheRoom | null>(null)

/** How the meeting is chaired, for everything in the room; read once. */
export function ChairingProvider({ children }: { children: ReactNode }) {
  return <ChairingContext value={useAll()}>{children}</ChairingContext>
}

export function useChairingHere(): InTheRoom {
  const here = useContext(ChairingContext)
  if (!here) throw new Error('useChairingHere needs a ChairingProvider above it')
  return here
}

function useAll() {
  const { actor } = useMe()
  const { meeting, participants } = useFacts()
  const mayChair = can(actor, 'room:chair', subjectOfMeeting(meeting))
  return {
    mayChair,
    presentVoters: [...participants.values()].filter(({ present, voter }) => present && voter).length,
    ...useOrder(meeting.id),
    ...useDeskOf(meeting.id, mayChair),
    ...useVotesOf(meeting.id),
    ...useRollCallsOf(meeting.id),
  }
}

const useOrder = (meetingId: string) => {
  const { chairing, learn } = useChairing(meetingId)
  return { chairing, learnChairing: learn }
}
const useDeskOf = (meetingId: string, mine: boolean) => {
  const { desk, learn } = useDesk(meetingId, mine)
  return { desk, learnDesk: learn }
}
const useVotesOf = (meetingId: string) => {
  const { votes, learn } = useVotes(meetingId)
  return { votes, learnVote: learn }
}
const useRollCallsOf = (meetingId: string) => {
  const { rollCalls, learn } = useRollCalls(meetingId)
  return { rollCalls, learnRollCall: learn }
}
