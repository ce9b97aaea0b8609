import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Amendment } from '../../shared/amendments.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

type Props = { amendmentId: string; learn: (amendment: Amendment) => void; onClose: () => void }

/** Why an amendment is refused; its author is told. */
export function RefuseDialog({ amendmentId, learn, onClose }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ reason: string }>()
  const { send, pending, failure } = useCommand('amendment:refuse')
  async function refuse({ reason }: { reason: string }) {
    const result = await send({ amendmentId, reason })
    if (!result.ok) return
    learn(result.value)
    onClose()
  }
  return (
    <Modal
      open
      title={t('signing.amendments.refuseTitle')}
      okText={t('signing.amendments.refuse')}
      cancelText={t('common.cancel')}
      confirmLoading={pending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void refuse(fields)}>
        <Form.Item
          name="reason"
          label={t('signing.amendments.refuseReason')}
          rules={[{ required: true, whitespace: true, message: t('signing.amendments.reasonMissing') }]}
        >
          <Input.TextArea autoFocus maxLength={1_000} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
        <FailureNote failure={failure} />
      </Form>
    </Modal>
  )
}
