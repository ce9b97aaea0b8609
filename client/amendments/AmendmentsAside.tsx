import type { Editor } from '@tiptap/core'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import type { MinutesStage } from '../../shared/minutes-stages.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { AmendmentCard } from './AmendmentCard.tsx'
import { ProposeDialog } from './ProposeDialog.tsx'
import { useAmendedMarks } from './useAmendedMarks.ts'
import type { Amendments } from './useAmendments.ts'
import './amendments.css'

type Props = { editor: Editor; meeting: Meeting; stage: MinutesStage; amendments: Amendments }

/** What is proposed for the text beside it, and what became of it. */
export function AmendmentsAside({ editor, meeting, stage, amendments }: Props) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [proposing, setProposing] = useState(false)
  const { open, decided, learn } = amendments
  useAmendedMarks(
    editor,
    open.flatMap(({ blockId }) => blockId ?? []),
  )
  const mayPropose = stage === 'amending' && can(actor, 'minutes:amend', subjectOfMeeting(meeting))
  const common = { editor, meeting, stage, learn }
  return (
    <aside className="amendments" aria-label={t('signing.amendments.title')}>
      <div className="amendments-head">
        <h2>{t('signing.amendments.title')}</h2>
        {open.length > 0 && <span className="soft">{t('signing.amendments.open', { count: open.length })}</span>}
        {mayPropose && (
          <Button type="primary" size="small" onClick={() => setProposing(true)}>
            {t('signing.amendments.propose')}
          </Button>
        )}
      </div>
      {open.length === 0 && <p className="soft">{t(decided.length > 0 ? 'signing.amendments.noneOpen' : 'signing.amendments.none')}</p>}
      {open.map((amendment) => (
        <AmendmentCard key={amendment.id} amendment={amendment} {...common} />
      ))}
      {decided.length > 0 && (
        <details>
          <summary>{t('signing.amendments.decided', { count: decided.length })}</summary>
          {decided.map((amendment) => (
            <AmendmentCard key={amendment.id} amendment={amendment} {...common} />
          ))}
        </details>
      )}
      {proposing && <ProposeDialog editor={editor} meetingId={meeting.id} learn={learn} onClose={() => setProposing(false)} />}
    </aside>
  )
}
