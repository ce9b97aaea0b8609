import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LobbyEntry } from '../../shared/chairing.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { JoinChoice } from '../media/session.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { useAgainOnConnect } from './useNewest.ts'

type Props = { meeting: Meeting; choice: JoinChoice; onAdmitted: () => void }

/** Waiting until the chair lets one in. It asks as it appears, and again whenever the connection is back. */
export function LobbyWait({ meeting, choice, onAdmitted }: Props) {
  const { t } = useTranslation()
  const { send, failure } = useCommand('lobby:ask')
  const [status, setStatus] = useState<LobbyEntry['status'] | null>(null)
  const { siteId, name } = choice

  const ask = useCallback(async () => {
    const result = await send({ meetingId: meeting.id, siteId, ...(name ? { name } : {}) })
    if (result.ok) setStatus(result.value.status)
  }, [send, meeting.id, siteId, name])
  useEffect(() => void ask(), [ask])
  useAgainOnConnect(ask)
  useNews('lobby:answered', (entry) => {
    if (entry.meetingId === meeting.id) setStatus(entry.status)
  })
  useEffect(() => {
    if (status === 'admitted') onAdmitted()
  }, [status, onAdmitted])

  const refused = status === 'refused'
  return (
    <div className="stack" role="status">
      <h1>{t(refused ? 'chairing.lobby.refusedTitle' : 'chairing.lobby.title')}</h1>
      <p className="door-meeting">{meeting.title}</p>
      <p className="soft">{t(refused ? 'chairing.lobby.refusedText' : status ? 'chairing.lobby.text' : 'chairing.lobby.asking')}</p>
      <FailureNote failure={failure} />
      <div className="row">
        <LinkButton size="large" to={`/meetings/${meeting.id}`}>
          {t('room.join.back')}
        </LinkButton>
      </div>
    </div>
  )
}
