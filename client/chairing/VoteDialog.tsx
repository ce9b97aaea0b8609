import { Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { bases, majorities, type Rule } from '../../shared/votes.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { useChairingHere } from './ChairingContext.tsx'

type Fields = Rule & { question: string; secret: boolean }

/** What is voted on, how, and what it needs to carry. */
export function VoteDialog({ meetingId, onClose }: { meetingId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const { learnVote } = useChairingHere()
  const { send, pending, failure } = useCommand('vote:open')
  // Pressed again after a lost answer, it opens the same vote.
  const [id] = useState(() => v7())
  const secret = Form.useWatch('secret', form)

  async function start(fields: Fields) {
    const result = await send({ id, meetingId, ...fields })
    if (!result.ok) return
    learnVote(result.value)
    onClose()
  }
  return (
    <Modal
      open
      title={t('chairing.menu.vote')}
      okText={t('chairing.vote.start')}
      cancelText={t('common.cancel')}
      confirmLoading={pending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ question: '', secret: false, majority: 'simple', base: 'cast' }}
        onFinish={(fields) => void start(fields)}
      >
        <Form.Item
          name="question"
          label={t('chairing.vote.question')}
          rules={[{ required: true, whitespace: true, message: t('chairing.vote.questionMissing') }]}
        >
          <Input.TextArea autoFocus maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
        </Form.Item>
        <Form.Item name="secret" label={t('chairing.vote.how')} extra={t(secret ? 'chairing.vote.secretHint' : 'chairing.vote.openHint')}>
          <Radio.Group
            options={[
              { value: false, label: t('chairing.vote.open') },
              { value: true, label: t('chairing.vote.secret') },
            ]}
          />
        </Form.Item>
        <Form.Item name="base" label={t('chairing.vote.rule')} className="vote-rule">
          <Radio.Group options={bases.map((value) => ({ value, label: t(`chairing.vote.base.${value}`) }))} />
        </Form.Item>
        <Form.Item name="majority">
          <Radio.Group
            aria-label={t('chairing.vote.rule')}
            options={majorities.map((value) => ({ value, label: t(`chairing.vote.majority.${value}`) }))}
          />
        </Form.Item>
        <FailureNote failure={failure} />
      </Form>
    </Modal>
  )
}
