import { Button } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import type { MinutesStage } from '../../shared/minutes-stages.ts'
import { type Actor, can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import type { OpenedMinutes } from '../minutes/useMinutes.ts'
import { useMinutesStage } from '../signing/useMinutesStage.ts'
import { When } from '../ui/When.tsx'
import { DiscardDialog } from './DiscardDialog.tsx'
import { LostCard } from './LostCard.tsx'
import type { Kept } from './shelf.ts'
import { useKept, useLost } from './useKept.ts'
import './offline.css'

type Props = { opened: OpenedMinutes; meeting: Meeting; mayEdit: boolean }

/** What was written here and never reached the minutes, because they were closed to it meanwhile: to propose, copy or discard. */
export function KeptWords({ opened, meeting, mayEdit }: Props) {
  const { all, again } = useKept(opened)
  return all.map((kept) => <KeptPage key={kept.id} kept={kept} opened={opened} meeting={meeting} mayEdit={mayEdit} again={again} />)
}

/** Whoever may write the minutes may propose late; others while the text stands. */
function mayPropose(actor: Actor, stage: MinutesStage | undefined, meeting: Meeting): boolean {
  const subject = subjectOfMeeting(meeting)
  if (stage === 'amending') return can(actor, 'minutes:amend', subject)
  return (stage === 'draft' || stage === 'signed') && can(actor, 'minutes:amend', subject) && can(actor, 'minutes:edit', subject)
}

function KeptPage({ kept, opened, meeting, mayEdit, again }: Props & { kept: Kept; again: () => void }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { session, shelf } = opened
  const { state } = useMinutesStage(meeting.id)
  const passages = useLost(session.doc, kept)
  const [discarding, setDiscarding] = useState(false)
  const { id } = kept
  const discard = useCallback(() => void shelf.discard(id).then(again), [shelf, id, again])
  const isEmpty = passages.length === 0
  useEffect(() => {
    // The minutes have it all, or all of it was dealt with.
    if (isEmpty) discard()
  }, [isEmpty, discard])
  if (isEmpty) return null
  const proposable = mayPropose(actor, state?.stage, meeting)
  return (
    <section className="kept" aria-label={t('minutes.kept.title')}>
      <h2>{t('minutes.kept.title')}</h2>
      <p>
        {t(mayEdit ? 'minutes.kept.mayWrite' : proposable ? 'minutes.kept.mayPropose' : 'minutes.kept.mayCopy')}{' '}
        <span className="soft small">
          <When at={kept.keptAt} />
        </span>
      </p>
      <ul>
        {passages.map((passage) => (
          <LostCard
            key={passage.key}
            passage={passage}
            meetingId={meeting.id}
            mayPropose={proposable}
            onPassed={() => void shelf.passed(id, passage.key).then(again)}
          />
        ))}
      </ul>
      <div className="row">
        {mayEdit && (
          <Button type="primary" onClick={() => void session.bringBack(kept).then(again)}>
            {t('minutes.kept.write')}
          </Button>
        )}
        <Button onClick={() => setDiscarding(true)}>{t('minutes.kept.discardAll')}</Button>
      </div>
      {discarding && (
        <DiscardDialog
          title={t('minutes.kept.discardAllTitle', { count: passages.length })}
          onOk={discard}
          onClose={() => setDiscarding(false)}
        />
      )}
    </section>
  )
}
