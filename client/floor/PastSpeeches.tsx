import { Button } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useFacts } from '../media/RoomContext.tsx'
import { cite } from '../room/cite.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { When } from '../ui/When.tsx'
import { formatLength, lengthOf } from './lengths.ts'

/** What was spoken so far, newest first. The list is read again whenever the floor changes. */
export function PastSpeeches({ mayCite }: { mayCite: boolean }) {
  const { t } = useTranslation()
  const { floor, meeting } = useFacts()
  const { data, refetch } = useQueryOf('speeches', { meetingId: meeting.id })
  const { version } = floor
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version of the floor is the reason to read again.
  useEffect(() => void refetch(), [version, refetch])
  const past = (data ?? []).filter((speech) => speech.endedAt !== null).sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
  return (
    <section>
      <h2 className="panel-title">{t('floor.past', { count: past.length })}</h2>
      {past.length === 0 && <p className="soft">{t('floor.noPast')}</p>}
      <ul className="plain-list">
        {past.map((speech) => (
          <li key={speech.id} className="queue-item" data-testid={`speech-${speech.id}`}>
            <div className="grow">
              <b>{speech.name}</b>
              <div className="soft small">
                {speech.siteName && <>{speech.siteName} · </>}
                <When at={speech.startedAt} part="clock" /> · {t('floor.spoke', { length: formatLength(lengthOf(speech, new Date())) })}
                {speech.endReason && speech.endReason !== 'given-back' && <> · {t(`floor.ended.${speech.endReason}`)}</>}
              </div>
            </div>
            {mayCite && (
              <Button type="text" onClick={() => cite({ kind: 'speech', id: speech.id })}>
                {t('floor.cite')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
