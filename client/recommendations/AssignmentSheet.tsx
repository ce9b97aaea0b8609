import { Button, Timeline } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type AssignmentMove, movesFor } from '../../shared/assignment-machine.ts'
import { can } from '../../shared/policy.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { useMe } from '../identity/MeContext.tsx'
import { regionName } from '../regions/RegionPath.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { When } from '../ui/When.tsx'
import { AssignmentTag } from './AssignmentTag.tsx'
import { Deadline } from './Deadline.tsx'
import { GrantTime } from './GrantTime.tsx'
import { ReplyForm } from './ReplyForm.tsx'
import { ReplyText } from './ReplyText.tsx'
import { Insist, SendBack } from './SendBack.tsx'
import { usePutRecommendation } from './useRecommendation.ts'

type Props = { assignment: Assignment; recommendation: Recommendation }

/** One department's part as one timeline, and for its handler the next thing to do. */
export function AssignmentSheet({ assignment, recommendation }: Props) {
  const { actor } = useMe()
  const moves = movesFor(actor, assignment)
  const mayGrantTime = can(actor, 'assignment:grant-time', { regionCodes: [assignment.regionCode] })
  return (
    <Sheet title={assignment.organizationName} aside={<AssignmentTag assignment={assignment} />}>
      <div className="soft">{regionName(assignment.regionPath)}</div>
      <Timeline className="assignment-steps" items={stepsOf(assignment, recommendation)} />
      {mayGrantTime && (assignment.status === 'issued' || assignment.status === 'signed') && <GrantTime assignment={assignment} />}
      {moves.includes('sign') && <SignButton assignmentId={assignment.id} />}
      {moves.includes('reply') && <ReplyForm assignment={assignment} suggestions={recommendation.suggestions} />}
      {moves.includes('return') && <SendBack assignment={assignment} meetingId={recommendation.meetingId} />}
      {moves.includes('insist') && <Insist assignmentId={assignment.id} />}
    </Sheet>
  )
}

function stepsOf(assignment: Assignment, { suggestions }: Recommendation) {
  const { status, issuedAt, signDueAt, replyDueAt, reply, steps } = assignment
  const done = (key: string, content: ReactNode) => ({ key, color: 'var(--primary)', content })
  const ahead = (key: string, content: ReactNode) => ({ key, color: 'gray', content })
  return [
    done('issued', <Step word="issued" at={issuedAt} />),
    ...steps.map((step) =>
      done(
        `${step.move} ${step.at}`,
        <>
          <Step word={step.move} at={step.at} by={step.byName} />
          {step.reason && <div className="pre">{step.reason}</div>}
          {step.proposed && <Proposed name={step.proposed.name} />}
          {step.move === 'reply' && reply && <ReplyText reply={reply} suggestions={suggestions} />}
        </>,
      ),
    ),
    ...(status === 'issued' ? [ahead('sign', <Deadline assignment={assignment} kind="sign" at={signDueAt} />)] : []),
    ...(status === 'issued' || status === 'signed'
      ? [ahead('reply', <Deadline assignment={assignment} kind="reply" at={replyDueAt} soon={status === 'signed'} />)]
      : []),
  ]
}

function Proposed({ name }: { name: string }) {
  const { t } = useTranslation()
  return <div>{t('recommendations.proposed', { name })}</div>
}

function Step({ word, at, by }: { word: 'issued' | AssignmentMove; at: string; by?: string | null }) {
  const { t } = useTranslation()
  return (
    <div className="row row-wide">
      <strong>{t(`recommendations.step.${word}`)}</strong>
      <When at={at} />
      {by && <span className="soft">{by}</span>}
    </div>
  )
}

function SignButton({ assignmentId }: { assignmentId: string }) {
  const { t } = useTranslation()
  const sign = useCommand('assignment:sign')
  const put = usePutRecommendation()
  async function signFor() {
    const result = await sign.send({ assignmentId })
    if (result.ok) put(result.value)
  }
  return (
    <div className="stack">
      <FailureNote failure={sign.failure} />
      <div>
        <Button type="primary" loading={sign.pending} onClick={() => void signFor()}>
          {t('recommendations.sign')}
        </Button>
      </div>
    </div>
  )
}
