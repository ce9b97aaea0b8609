import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AssignmentMove, missingCountersigns } from '../../shared/assignment-machine.ts'
import type { Assignment, Recommendation, ReplyDraft } from '../../shared/recommendations.ts'
import { ReplyForm } from '../recommendations/ReplyForm.tsx'
import { ReplyText } from '../recommendations/ReplyText.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { ReasonedMoveButton } from './MoveButton.tsx'

type Props = { assignment: Assignment; recommendation: Recommendation; moves: AssignmentMove[] }

/** The lead's answer on its way: written, laid before the head, signed. */
export function Answering({ assignment, recommendation, moves }: Props) {
  const { id, status } = assignment
  const draft = useQueryOf('reply-draft', { assignmentId: id })
  return (
    <div className="stack">
      <WhyAgain assignment={assignment} />
      <Missing assignment={assignment} recommendation={recommendation} />
      <Loaded of={draft} skeleton={<ListSkeleton />}>
        {(found) => (
          <Written
            // Another draft, or one that was given back, is another form.
            key={`${found.draft?.id} ${status}`}
            {...{ assignment, recommendation, moves }}
            draft={found.draft}
          />
        )}
      </Loaded>
    </div>
  )
}

/** Why it has to be written once more, in the words of whoever sent it back. */
function WhyAgain({ assignment: { steps } }: { assignment: Assignment }) {
  const { t } = useTranslation()
  const last = steps.at(-1)
  if (last?.move !== 'incomplete' && last?.move !== 'redraft' && last?.move !== 'reopen') return null
  return (
    <Alert
      type="warning"
      showIcon
      title={`${t(`recommendations.step.${last.move}`)} · ${last.byName}`}
      description={<span className="pre">{last.reason}</span>}
    />
  )
}

/** Whose counter-signature is missing, by name. */
export function Missing({ assignment, recommendation }: Pick<Props, 'assignment' | 'recommendation'>) {
  const { t } = useTranslation()
  const missing = missingCountersigns(assignment, recommendation.assignments).map(({ organizationName }) => organizationName)
  if (missing.length === 0) return null
  return <Alert type="warning" showIcon title={t('handling.missing', { names: missing.join(t('common.listSeparator')) })} />
}

function Written({ assignment, recommendation, moves, draft }: Props & { draft: ReplyDraft | null }) {
  const { t } = useTranslation()
  const waits = assignment.status === 'drafted'
  const signs = moves.includes('reply')
  const [open, setOpen] = useState(!waits || signs)
  if (open)
    return (
      <>
        {waits && draft && <p className="soft">{t('handling.draftOf', { name: draft.draftedBy })}</p>}
        <ReplyForm
          assignment={assignment}
          suggestions={recommendation.suggestions}
          moves={moves}
          from={draft ?? assignment.earlierReplies.at(-1) ?? null}
        />
        {moves.includes('redraft') && <GiveBack assignmentId={assignment.id} />}
      </>
    )
  return (
    <div className="draft-waits">
      <div className="row row-wide">
        <strong>{t('handling.draftWaits')}</strong>
        {draft && <span className="soft">{t('handling.draftOf', { name: draft.draftedBy })}</span>}
      </div>
      {draft && <ReplyText reply={draft} suggestions={recommendation.suggestions} />}
      <div className="row">
        {moves.includes('draft') && <Button onClick={() => setOpen(true)}>{t('handling.change')}</Button>}
        {moves.includes('redraft') && <GiveBack assignmentId={assignment.id} />}
      </div>
    </div>
  )
}

function GiveBack({ assignmentId }: { assignmentId: string }) {
  const { t } = useTranslation()
  return (
    <div>
      <ReasonedMoveButton
        move="assignment:redraft"
        {...{ assignmentId }}
        title={t('handling.redraftTitle')}
        button={t('handling.redraft')}
      />
    </div>
  )
}

/** For those beside the lead: what it means to answer, on request. */
export function DraftOfLead({ lead, recommendation }: { lead: Assignment; recommendation: Recommendation }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (!open)
    return (
      <div>
        <Button type="link" onClick={() => setOpen(true)}>
          {t('handling.seeDraft')}
        </Button>
      </div>
    )
  return <ShownDraft lead={lead} recommendation={recommendation} />
}

function ShownDraft({ lead, recommendation }: { lead: Assignment; recommendation: Recommendation }) {
  const { t } = useTranslation()
  return (
    <Loaded of={useQueryOf('reply-draft', { assignmentId: lead.id })} skeleton={<ListSkeleton />}>
      {({ draft }) =>
        draft ? (
          <div className="draft-waits">
            <ReplyText reply={draft} suggestions={recommendation.suggestions} />
          </div>
        ) : (
          <p className="soft">{t('handling.noDraft')}</p>
        )
      }
    </Loaded>
  )
}
