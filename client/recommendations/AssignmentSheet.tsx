import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { type AssignmentMove, clockInRound, isWorking, leadOf, movesFor } from '../../shared/assignment-machine.ts'
import { can } from '../../shared/policy.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { EvaluationParts } from '../evaluations/EvaluationParts.tsx'
import { Answering, DraftOfLead, Missing } from '../handling/Answering.tsx'
import { CountersignForm, CountersignText } from '../handling/CountersignForm.tsx'
import { MoveButton, ReasonedMoveButton } from '../handling/MoveButton.tsx'
import { Replies } from '../handling/Replies.tsx'
import { useMe } from '../identity/MeContext.tsx'
import { Reminders } from '../ledger/Reminders.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { AssignmentTag } from './AssignmentTag.tsx'
import { Deadline } from './Deadline.tsx'
import { GrantTime } from './GrantTime.tsx'
import { Insist, SendBack } from './SendBack.tsx'

type Props = { assignment: Assignment; recommendation: Recommendation }

/** One department's part: where it stands, what it said, and for whoever looks the next thing to do. */
export function AssignmentSheet({ assignment, recommendation }: Props) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { status, part, organizationName, regionCode } = assignment
  const moves = movesFor(actor, assignment, recommendation.assignments)
  const answers = moves.includes('draft') || moves.includes('reply')
  const title = (
    <span className="row">
      {organizationName} <Tag>{t(`handling.part.${part}`)}</Tag>
    </span>
  )
  return (
    <Sheet title={title} aside={<AssignmentTag assignment={assignment} />}>
      <div className="stack">
        <Deadlines assignment={assignment} />
        <Reminders assignmentId={assignment.id} />
        {status === 'returned' && <LastWord assignment={assignment} />}
        {status === 'countersigned' && <CountersignText assignment={assignment} />}
        <Replies assignment={assignment} suggestions={recommendation.suggestions} />
        {part === 'lead' && <EvaluationParts assignment={assignment} />}
        {isWorking(status) && can(actor, 'assignment:grant-time', { regionCodes: [regionCode] }) && <GrantTime assignment={assignment} />}
        {part === 'lead' && isWorking(status) && !answers && <Missing assignment={assignment} recommendation={recommendation} />}
        {moves.includes('sign') && (
          <MoveButton move="assignment:sign" assignmentId={assignment.id}>
            {t('recommendations.sign')}
          </MoveButton>
        )}
        {answers && <Answering assignment={assignment} recommendation={recommendation} moves={moves} />}
        {moves.includes('countersign') && <Countersigning assignment={assignment} recommendation={recommendation} />}
        <Review assignment={assignment} moves={moves} />
        <OutOfIt assignment={assignment} recommendation={recommendation} moves={moves} />
      </div>
    </Sheet>
  )
}

function Deadlines({ assignment }: { assignment: Assignment }) {
  const { status, signDueAt, replyDueAt, round } = assignment
  if (!isWorking(status)) return null
  return (
    <div>
      {status === 'issued' && <Deadline assignment={assignment} kind="sign" at={signDueAt} />}
      <Deadline assignment={assignment} kind={clockInRound('reply', round)} at={replyDueAt} soon={status !== 'issued'} />
    </div>
  )
}

/** Why it is no longer this department's. */
function LastWord({ assignment: { steps } }: { assignment: Assignment }) {
  const { t } = useTranslation()
  const step = steps.at(-1)
  if (!step) return null
  return (
    <div>
      <div className="pre">{step.reason}</div>
      <div className="soft small">{step.byName}</div>
      {step.proposed && <div>{t('recommendations.proposed', { name: step.proposed.name })}</div>}
    </div>
  )
}

function Countersigning({ assignment, recommendation }: Props) {
  const lead = leadOf(assignment, recommendation.assignments)
  return (
    <>
      {lead && <DraftOfLead lead={lead} recommendation={recommendation} />}
      <CountersignForm key={assignment.status} assignment={assignment} />
    </>
  )
}

/** For the secretariat and the supervising leader: is the answer complete? */
function Review({ assignment: { id }, moves }: { assignment: Assignment; moves: AssignmentMove[] }) {
  const { t } = useTranslation()
  if (!moves.includes('accept') && !moves.includes('incomplete')) return null
  return (
    <div className="row">
      {moves.includes('accept') && (
        <MoveButton move="assignment:accept" assignmentId={id}>
          {t('handling.accept')}
        </MoveButton>
      )}
      {moves.includes('incomplete') && (
        <ReasonedMoveButton
          move="assignment:incomplete"
          assignmentId={id}
          title={t('handling.incompleteTitle')}
          button={t('handling.incomplete')}
          help={t('handling.incompleteHelp')}
        />
      )}
    </div>
  )
}

/** What takes it away from the department, or gives it back. */
function OutOfIt({ assignment, recommendation, moves }: Props & { moves: AssignmentMove[] }) {
  const { t } = useTranslation()
  return (
    <>
      {moves.includes('return') && <SendBack assignment={assignment} meetingId={recommendation.meetingId} />}
      {moves.includes('recall') && (
        <div>
          <ReasonedMoveButton
            move="assignment:recall"
            assignmentId={assignment.id}
            type="link"
            title={t('handling.recallTitle')}
            button={t('handling.recall')}
            help={t('handling.recallHelp')}
          />
        </div>
      )}
      {moves.includes('insist') && <Insist assignment={assignment} recommendation={recommendation} />}
    </>
  )
}
