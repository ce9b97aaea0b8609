import { Form, Input, Modal } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { MissingPart } from '../../shared/minutes-parts.ts'
import type { MinutesState } from '../../shared/minutes-stages.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { MissingList } from './MissingList.tsx'

type Props = { meetingId: string; learn: (state: MinutesState) => void; onClose: () => void }

/** Settles the text for amendments and signatures. Where it lacks something that it has to have, somebody says why it goes without. */
export function SettleDialog({ meetingId, learn, onClose }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ reason?: string }>()
  const missing = useQueryOf('minutes-missing', { meetingId }, { staleTime: 0 })
  const { send, pending, failure } = useCommand('minutes:to-amending')
  const required = missing.data?.required ?? none
  async function settle({ reason }: { reason?: string }) {
    const result = await send({ meetingId, ...(required.length > 0 && reason !== undefined && { despiteMissing: reason }) })
    // Something may have gone missing since this opened.
    if (!result.ok) return void missing.refetch()
    learn(result.value)
    onClose()
  }
  return (
    <Modal
      open
      title={t('signing.move.to-amending.title')}
      okText={t('signing.move.to-amending.press')}
      okButtonProps={{ disabled: missing.isPending }}
      cancelText={t('common.cancel')}
      confirmLoading={pending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('signing.move.to-amending.text')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void settle(fields)}>
        {required.length > 0 && <Required parts={required} />}
        <Advised parts={missing.data?.advised ?? none} />
        <FailureNote failure={failure} />
      </Form>
    </Modal>
  )
}

const none: MissingPart[] = []

function Required({ parts }: { parts: MissingPart[] }) {
  const { t } = useTranslation()
  const title = useId()
  return (
    <>
      <p id={title} className="stage-blocked">
        {t('signing.missing.required', { count: parts.length })}
      </p>
      <MissingList parts={parts} labelledBy={title} />
      <Form.Item
        name="reason"
        label={t('signing.missing.reason')}
        rules={[{ required: true, whitespace: true, message: t('signing.missing.reasonMissing') }]}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </>
  )
}

function Advised({ parts }: { parts: MissingPart[] }) {
  const { t } = useTranslation()
  const title = useId()
  if (parts.length === 0) return null
  return (
    <>
      <p id={title} className="soft">
        {t('signing.missing.advised')}
      </p>
      <MissingList parts={parts} labelledBy={title} />
    </>
  )
}
