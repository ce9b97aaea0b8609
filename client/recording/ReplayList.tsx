import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Speech } from '../../shared/floor.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { playable, type Recording } from '../../shared/recording.ts'
import { formatLength, lengthOf } from '../floor/lengths.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { When } from '../ui/When.tsx'

type Props = { meeting: Meeting; speeches: readonly Speech[]; recordings: readonly Recording[]; current: string | null }

/** What was said under each agenda item, in the order in which it was said. */
export function ReplayList({ meeting, speeches, recordings, current }: Props) {
  const { t } = useTranslation()
  const spoken = speeches.filter(({ endedAt }) => endedAt !== null)
  const items = [...meeting.agenda.map(({ id, title }) => ({ id, title })), { id: null, title: t('recording.noItem') }]
  return (
    <div className="stack">
      {items.map(({ id, title }) => {
        const own = spoken.filter(({ agendaItemId }) => agendaItemId === id)
        if (own.length === 0) return null
        return (
          <Sheet key={id ?? 'none'} title={title}>
            <ul className="plain-list">
              {own.map((speech) => (
                <Row key={speech.id} speech={speech} parts={playable(recordings, speech.id)} current={speech.id === current} />
              ))}
            </ul>
          </Sheet>
        )
      })}
    </div>
  )
}

function Row({ speech, parts, current }: { speech: Speech; parts: Recording[]; current: boolean }) {
  const { t } = useTranslation()
  return (
    <li className="replay-row" aria-current={current || undefined}>
      {parts.length > 0 ? <Link to={`?speech=${speech.id}`}>{speech.name}</Link> : <span>{speech.name}</span>}
      <span className="soft grow">
        {speech.siteName && <>{speech.siteName} · </>}
        <When at={speech.startedAt} part="clock" />
        {parts.length === 0 && ` · ${t('recording.notRecorded')}`}
        {parts.some(({ end }) => end === 'interrupted') && ` · ${t('recording.interrupted')}`}
      </span>
      <span className="soft">{formatLength(lengthOf(speech, new Date()))}</span>
    </li>
  )
}
