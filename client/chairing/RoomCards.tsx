import { App } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useFacts, useRoom } from '../media/RoomContext.tsx'
import { PollCard } from '../polls/PollCard.tsx'
import { useNews } from '../transport/ConnectionContext.tsx'
import { RollCallCard } from './RollCallCard.tsx'
import { VoteCard } from './VoteCard.tsx'
import './chairing.css'

/** What the chair puts before everybody in the room: a vote, a roll call, and that one was silenced. */
export function RoomCards({ children }: { children?: ReactNode }) {
  useCallAnswers()
  return (
    <div className="cards-in-room">
      <HeldNote />
      <RollCallCard />
      <VoteCard />
      <PollCard />
      {children}
    </div>
  )
}

/** Follows what the chair has closed on this page as well, so that what it shows of itself is true. */
function HeldNote() {
  const { t } = useTranslation()
  const { session, view } = useRoom()
  const { participants, selfId } = useFacts()
  const own = participants.get(selfId)
  const held = own?.heldByChair ?? []
  const name = own?.heldBy ?? ''
  const microphone = held.includes('microphone')
  const camera = held.includes('camera')
  const { local } = view
  useEffect(() => {
    if (microphone && local.microphone === 'open') void session.toggleMicrophone()
  }, [microphone, local.microphone, session])
  useEffect(() => {
    if (camera && local.camera === 'on') void session.toggleCamera()
  }, [camera, local.camera, session])
  return (
    <div role="status" className="held-note">
      {microphone && <p>{t('chairing.ownHeld.microphone', { name })}</p>}
      {camera && <p>{t('chairing.ownHeld.camera', { name })}</p>}
    </div>
  )
}

function useCallAnswers() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { meeting } = useFacts()
  useNews('call:changed', (call) => {
    if (call.meetingId === meeting.id && call.doneAt) message.success(t('chairing.call.answered'))
  })
}
