import { Form, Input, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

type Props = {
  pending: boolean
  failure: Failure | null
  title: string
  button: string
  submit(reason: string): Promise<boolean>
  onClose(): void
  children?: ReactNode
}

/** Something that is done with a reason, and with what else `children` ask for. */
export function ReasonDialog({ title, button, pending, failure, submit, onClose, children }: Props) {
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
