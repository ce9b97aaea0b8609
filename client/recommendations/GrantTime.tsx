import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import type { Period } from '../../shared/clocks.ts'
import type { Result } from '../../shared/commands.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { PeriodField } from '../clocks/PeriodField.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
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

/** Keeps the recommendation that came back, and forgets how its dates were counted before. */
function useTake() {
  const put = usePutRecommendation()
  const queryClient = useQueryClient()
  return (result: Result<Recommendation>) => {
    if (!result.ok) return false
    put(result.value)
    void queryClient.invalidateQueries({ queryKey: ['assignment-clocks'] })
    return true
  }
}

type DialogProps = { assignment: Assignment; onClose(): void }

function ExtendDialog({ assignment, onClose }: DialogProps) {
  const { t } = useTranslation()
  const kind = assignment.status === 'issued' ? 'sign' : 'reply'
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

type ReasonProps = Pick<ReturnType<typeof useCommand>, 'pending' | 'failure'> & {
  title: string
  button: string
  submit(reason: string): Promise<boolean>
  onClose(): void
  children: React.ReactNode
}

function ReasonDialog({ title, button, pending, failure, submit, onClose, children }: ReasonProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ reason: string }>()
  const finish = async ({ reason }: { reason: string }) => {
    if (await submit(reason)) onClose()
  }
  return (
    <Modal
      open
      title={title}
      okText={button}
      cancelText={t('common.cancel')}
      confirmLoading={pending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void finish(values)}>
        {children}
        <Form.Item
          name="reason"
          label={t('clocks.reason')}
          rules={[{ required: true, whitespace: true, message: t('clocks.reasonMissing') }]}
        >
          <Input.TextArea maxLength={500} showCount autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
      </Form>
      <FailureNote failure={failure} />
    </Modal>
  )
}
