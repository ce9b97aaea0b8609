import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type MinutesStage, writeRefusal } from '../../shared/minutes-stages.ts'
import type { MinutesVersion } from '../../shared/minutes-versions.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { type Compared, Comparison } from './Comparison.tsx'
import { KeepForm } from './KeepForm.tsx'
import { RestoreDialog } from './RestoreDialog.tsx'
import { useVersionName } from './useVersionName.ts'
import './versions.css'

type Props = { meeting: Meeting; stage: MinutesStage }

const tones: Record<MinutesVersion['kind'], Tone> = { auto: 'plain', named: 'next', signed: 'good', restored: 'warn' }

/** The versions of the minutes: kept, compared, brought back. */
export function Versions({ meeting, stage }: Props) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const versions = useQueryOf('minutes-versions', { meetingId: meeting.id })
  const [compared, setCompared] = useState<Compared | null>(null)
  const [restoring, setRestoring] = useState<MinutesVersion | null>(null)
  const subject = subjectOfMeeting(meeting)
  const mayRestore = can(actor, 'minutes:compile', subject) && writeRefusal(actor, stage, meeting) === null
  const again = () => void versions.refetch()
  return (
    <>
      {can(actor, 'minutes:edit', subject) && <KeepForm meetingId={meeting.id} onKept={again} />}
      <Loaded of={versions} skeleton={<ListSkeleton />}>
        {(list) =>
          list.length === 0 ? (
            <p className="soft">{t('signing.versions.none')}</p>
          ) : (
            <>
              <Comparison meetingId={meeting.id} versions={list} compared={compared} onCompare={setCompared} />
              <ul className="versions" aria-label={t('signing.versions.title')}>
                {list.map((version) => (
                  <VersionLine
                    key={version.id}
                    version={version}
                    onCompare={() => setCompared({ from: version.id, to: 'now' })}
                    onRestore={mayRestore ? () => setRestoring(version) : undefined}
                  />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
      {restoring && <RestoreDialog version={restoring} onRestored={again} onClose={() => setRestoring(null)} />}
    </>
  )
}

type LineProps = { version: MinutesVersion; onCompare: () => void; onRestore: (() => void) | undefined }

function VersionLine({ version, onCompare, onRestore }: LineProps) {
  const { t } = useTranslation()
  const nameOf = useVersionName()
  const { kind, createdAt, createdByName, edition } = version
  return (
    <li>
      <div>
        <StateTag tone={tones[kind]}>{t(`signing.versions.kind.${kind}`)}</StateTag> <strong>{nameOf(version)}</strong>
        <p className="soft small">
          <When at={createdAt} /> {createdByName} · {t('signing.edition', { n: edition })}
        </p>
      </div>
      <div className="row">
        <Button size="small" onClick={onCompare}>
          {t('signing.versions.compareWithNow')}
        </Button>
        {onRestore && (
          <Button size="small" onClick={onRestore}>
            {t('signing.versions.restore')}
          </Button>
        )}
      </div>
    </li>
  )
}
