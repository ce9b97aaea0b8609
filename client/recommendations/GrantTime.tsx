import { Button, Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import type { Period } from '../../shared/clocks.ts'
import type { Result } from '../../shared/commands.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { PeriodField } from '../clocks/PeriodField.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { usePutRecommendation } from './useRecommendation.ts'

/** The secretariat's hand on a running deadline: more time, stopping it, letting it run. */
export function GrantTime({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<'extend' | 'pause' | null>(null)
  const resume = useCommand('assignment:resume')
  const take = useTake()
  const close = () => setDialog(null)
  return (
    <div className="stack">
      <div className="row">
        {assignment.paused ? (
          <Button loading={resume.pending} onClick={() => void resume.send({ assignmentId: assignment.id }).then(take)}>
            {t('clocks.resume')}
          </Button>
        ) : (
          <>
            <Button onClick={() => setDialog('extend')}>{t('clocks.extend')}</Button>
            <Button onClick={() => setDialog('pause')}>{t('clocks.pause')}</Button>
          </>
        )}
      </div>
      <FailureNote failure={resume.failure} />
      {dialog === 'extend' && <ExtendDialog assignment={assignment} onClose={close} />}
      {dialog === 'pause' && <PauseDialog assignment={assignment} onClose={close} />}
    </div>
  )
}

/** Keeps the recommendation that came back. */
function useTake() {
  const put = usePutRecommendation()
  return (result: Result<Recommendation>) => {
    if (!result.ok) return false
    put(result.value)
    return true
  }
}

type DialogProps = { assignment: Assignment; onClose(): void }

function ExtendDialog({ assignment, onClose }: DialogProps) {
  const { t } = useTranslation()
  const kind = assignment.status === 'issued' ? 'sign' : assignment.round > 1 ? 'second-reply' : 'reply'
  const extend = useCommand('assignment:extend')
  const take = useTake()
  const [id] = useState(() => v7())
  const [period, setPeriod] = useState<Period>({ amount: 15, unit: 'calendar-days' })
  return (
    <ReasonDialog
      title={t(`clocks.extendTitle.${kind}`)}
      button={t('clocks.extend')}
      {...extend}
      onClose={onClose}
      submit={async (reason) => take(await extend.send({ id, assignmentId: assignment.id, kind, period, reason }))}
    >
      <Form.Item label={t('clocks.amount')}>
        <PeriodField label={t('clocks.amount')} value={period} onChange={setPeriod} />
      </Form.Item>
    </ReasonDialog>
  )
}

function PauseDialog({ assignment, onClose }: DialogProps) {
  const { t } = useTranslation()
  const pause = useCommand('assignment:pause')
  const take = useTake()
  return (
    <ReasonDialog
      title={t('clocks.pauseTitle')}
      button={t('clocks.pause')}
      {...pause}
      onClose={onClose}
      submit={async (reason) => take(await pause.send({ assignmentId: assignment.id, reason }))}
    >
      <p className="soft">{t('clocks.pauseHelp')}</p>
    </ReasonDialog>
  )
}
