import { AudioMutedOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Participant } from '../../shared/media.ts'
import type { Site } from '../../shared/meetings.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { useChairingHere } from './ChairingContext.tsx'

/** Silences a whole site, or lets it speak again. */
export function SiteSilence({ site, people }: { site: Site; people: readonly Participant[] }) {
  const { t } = useTranslation()
  const { meeting } = useFacts()
  const { mayChair } = useChairingHere()
  const { send, pending } = useCommand('room:hold')
  const concerned = people.filter((person) => !person.mayChair)
  if (!mayChair || concerned.length === 0) return null
  const silent = concerned.every(({ heldByChair }) => heldByChair.includes('microphone'))
  const words = t(silent ? 'chairing.letGoSite' : 'chairing.muteSite', { site: site.name })
  const whom = { kind: 'site', siteId: site.id } as const
  return (
    <Button
      type="text"
      size="small"
      danger={silent}
      loading={pending}
      icon={<AudioMutedOutlined aria-hidden />}
      aria-label={words}
      title={words}
      aria-pressed={silent}
      onClick={() => void send({ meetingId: meeting.id, whom, source: 'microphone', held: !silent })}
    />
  )
}
