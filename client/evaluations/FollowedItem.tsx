import { App, Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { v7 } from 'uuid'
import { type Followed, type LookBack, lookBackFindings } from '../../shared/look-backs.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { DaysUntil } from '../ui/When.tsx'
import { Findings } from './LookBackList.tsx'

type Props = { followed: Followed }

/** One assignment that was done with or registered, with what was found on looking back and what is to be done next. */
export function FollowedItem({ followed }: Props) {
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<'record' | 'raise' | null>(null)
  const { recommendation, organizationName, regionPath, status, notAdopted, lookBacks, next } = followed
  const close = () => setDialog(null)
  return (
    <li className="followed">
      <div className="followed-head">
        <Link to={`/recommendations/${recommendation.id}`} className="recommendation-title">
          {recommendation.title}
        </Link>
        {(status === 'closed' || status === 'registered') && (
          <StateTag tone={status === 'closed' ? 'good' : 'warn'}>{t(`evaluations.follow.status.${status}`)}</StateTag>
        )}
      </div>
      <div className="soft small">{[recommendation.number, organizationName, regionName(regionPath)].join(' · ')}</div>
      {notAdopted.length > 0 && (
        <ul aria-label={t('evaluations.follow.notAdopted')}>
          {notAdopted.map(({ suggestion, reason }) => (
            <li key={`${suggestion} ${reason}`}>
              {suggestion} <span className="soft">{reason}</span>
            </li>
          ))}
        </ul>
      )}
      <Findings lookBacks={lookBacks} />
      <div className="row">
        {next && (
          <>
            <span>
              {t(`evaluations.follow.stage.${next.stage}`)}{' '}
              <span className="soft">
                {t('evaluations.follow.due')} <DaysUntil at={next.dueAt} />
              </span>
            </span>
            <Button onClick={() => setDialog('record')}>{t('evaluations.follow.record')}</Button>
          </>
        )}
        {lookBacks.length > 0 && <Button onClick={() => setDialog('raise')}>{t('evaluations.follow.raise')}</Button>}
      </div>
      {dialog === 'record' && next && <RecordDialog followed={followed} stage={next.stage} onClose={close} />}
      {dialog === 'raise' && <RaiseDialog followed={followed} onClose={close} />}
    </li>
  )
}

type DialogProps = Props & { onClose(): void }
type Found = Pick<LookBack, 'finding' | 'words'>

function RecordDialog({ followed, stage, onClose }: DialogProps & { stage: LookBack['stage'] }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Found>()
  const [id] = useState(() => v7())
  const record = useCommand('look-back:record')
  async function finish(found: Found) {
    const result = await record.send({ id, assignmentId: followed.assignmentId, stage, ...found })
    if (result.ok) onClose()
  }
  return (
    <Modal
      open
      title={t('evaluations.follow.recordTitle')}
      okText={t('evaluations.follow.record')}
      cancelText={t('common.cancel')}
      confirmLoading={record.pending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="soft">{t('evaluations.follow.recordHelp')}</p>
      <Form<Found> form={form} layout="vertical" requiredMark={false} onFinish={(found) => void finish(found)}>
        <Form.Item
          name="finding"
          label={t('evaluations.follow.findingField')}
          rules={[{ required: true, message: t('evaluations.follow.findingMissing') }]}
        >
          <Radio.Group options={lookBackFindings.map((value) => ({ value, label: t(`evaluations.follow.finding.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="words"
          label={t('evaluations.follow.words')}
          rules={[{ required: true, whitespace: true, message: t('evaluations.follow.wordsMissing') }]}
        >
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2_000} showCount />
        </Form.Item>
      </Form>
      <FailureNote failure={record.failure} />
    </Modal>
  )
}

function RaiseDialog({ followed, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ title: string }>()
  const [id] = useState(() => v7())
  const raise = useCommand('look-back:raise')
  async function finish({ title }: { title: string }) {
    const result = await raise.send({ id, assignmentId: followed.assignmentId, title })
    if (!result.ok) return
    void message.success(t('evaluations.follow.raised'))
    onClose()
  }
  return (
    <Modal
      open
      title={t('evaluations.follow.raiseTitle')}
      okText={t('evaluations.follow.raise')}
      cancelText={t('common.cancel')}
      confirmLoading={raise.pending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="soft">{t('evaluations.follow.raiseHelp')}</p>
      <Form<{ title: string }> form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void finish(fields)}>
        <Form.Item
          name="title"
          label={t('evaluations.follow.topicTitle')}
          rules={[{ required: true, whitespace: true, message: t('evaluations.follow.topicMissing') }]}
        >
          <Input maxLength={80} showCount />
        </Form.Item>
      </Form>
      <FailureNote failure={raise.failure} />
    </Modal>
  )
}
