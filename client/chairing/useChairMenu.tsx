import type { MenuProps } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import type { Failure } from '../../shared/errors.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { PollDialog } from '../polls/PollDialog.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { useChairingHere } from './ChairingContext.tsx'
import { QuorumDialog } from './QuorumDialog.tsx'
import { VoteDialog } from './VoteDialog.tsx'

type Items = NonNullable<MenuProps['items']>

/** What the chair does now and then, for the menu behind the bar; the dialogs go beside it. */
export function useChairMenu(): { items: Items; dialogs: ReactNode; failure: Failure | null } {
  const { t } = useTranslation()
  const { meeting } = useFacts()
  const { mayChair, chairing, learnChairing, votes, rollCalls, learnRollCall } = useChairingHere()
  const [dialog, setDialog] = useState<'vote' | 'poll' | 'quorum' | null>(null)
  const set = useCommand('chairing:set')
  const hold = useCommand('room:hold')
  const roll = useCommand('roll-call:start')
  if (!mayChair || !chairing) return { items: [], dialogs: null, failure: null }
  const meetingId = meeting.id

  const change = async (rules: { locked?: boolean; entry?: 'open' | 'lobby' }) => {
    const result = await set.send({ meetingId, ...rules })
    if (result.ok) learnChairing(result.value)
  }
  const callRoll = async () => {
    const result = await roll.send({ meetingId, id: v7() })
    if (result.ok) learnRollCall(result.value)
  }
  const holdAll = (held: boolean) => void hold.send({ meetingId, whom: { kind: 'all' }, source: 'microphone', held })
  const { locked, entry } = chairing
  const items: Items = [
    { key: 'vote', label: t('chairing.menu.vote'), disabled: votes.some(({ closedAt }) => !closedAt), onClick: () => setDialog('vote') },
    { key: 'poll', label: t('polls.ask'), onClick: () => setDialog('poll') },
    {
      key: 'roll',
      label: t('chairing.menu.rollCall'),
      disabled: rollCalls.some(({ endedAt }) => !endedAt),
      onClick: () => void callRoll(),
    },
    { type: 'divider' },
    { key: 'mute', label: t('chairing.menu.muteAll'), onClick: () => holdAll(true) },
    { key: 'let-go', label: t('chairing.menu.letGoAll'), onClick: () => holdAll(false) },
    { type: 'divider' },
    { key: 'lock', label: t(locked ? 'chairing.menu.unlock' : 'chairing.menu.lock'), onClick: () => void change({ locked: !locked }) },
    {
      key: 'lobby',
      label: t(entry === 'lobby' ? 'chairing.menu.lobbyOff' : 'chairing.menu.lobbyOn'),
      onClick: () => void change({ entry: entry === 'lobby' ? 'open' : 'lobby' }),
    },
    { key: 'quorum', label: t('chairing.menu.quorum'), onClick: () => setDialog('quorum') },
    { type: 'divider' },
  ]
  const close = () => setDialog(null)
  const dialogs = (
    <>
      {dialog === 'vote' && <VoteDialog meetingId={meetingId} onClose={close} />}
      {dialog === 'poll' && <PollDialog meetingId={meetingId} onClose={close} />}
      {dialog === 'quorum' && <QuorumDialog chairing={chairing} onSet={learnChairing} onClose={close} />}
    </>
  )
  return { items, dialogs, failure: set.failure ?? hold.failure ?? roll.failure }
}
