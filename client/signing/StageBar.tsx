import { useTranslation } from 'react-i18next'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type MinutesState, minutesStages } from '../../shared/minutes-stages.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { When } from '../ui/When.tsx'
import { PaperForm } from './FormDialog.tsx'
import { MoveButtons } from './MoveButtons.tsx'
import { Signatures } from './Signatures.tsx'
import './signing.css'

type Props = { meeting: Meeting; state: MinutesState; openAmendments: number; learn: (state: MinutesState) => void }

/** How far the minutes are, what may be done now and by whom, and whose signature is missing. */
export function StageBar({ meeting, state, openAmendments, learn }: Props) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { stage, edition, lockedAt } = state
  const leads = can(actor, 'minutes:stage', subjectOfMeeting(meeting))
  return (
    <section className="stage-bar" aria-label={t('signing.label')}>
      <ol className="stage-steps">
        {minutesStages.map((step) => (
          <li key={step} aria-current={step === stage ? 'step' : undefined}>
            {t(`signing.stage.${step}`)}
          </li>
        ))}
      </ol>
      <p className="stage-text" role="status">
        {edition > 1 && <strong>{t('signing.edition', { n: edition })} </strong>}
        {t(`signing.stageText.${stage}`)} {lockedAt && <When at={lockedAt} />}
      </p>
      {stage !== 'signed' && can(actor, 'minutes:edit', subjectOfMeeting(meeting)) && <PaperForm meetingId={meeting.id} />}
      {leads && <MoveButtons meeting={meeting} stage={stage} learn={learn} />}
      {(stage === 'amending' || stage === 'signed') && (
        <Signatures meeting={meeting} state={state} openAmendments={openAmendments} learn={learn} />
      )}
    </section>
  )
}
