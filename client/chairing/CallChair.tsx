import { CustomerServiceOutlined, MailOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import type { Call } from '../../shared/chairing.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { useNews } from '../transport/ConnectionContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { useChairingHere } from './ChairingContext.tsx'

/** For everybody but the chair's side: a private word to it, or a call for technical help. */
export function CallChair() {
  const { t } = useTranslation()
  const { meeting } = useFacts()
  const { mayChair } = useChairingHere()
  const [kind, setKind] = useState<Call['kind'] | null>(null)
  const { data: mine = [], refetch } = useQueryOf('my-calls', { meetingId: meeting.id }, { enabled: !mayChair })
  useNews('call:changed', () => void refetch())
  if (mayChair) return null
  return (
    <section className="stack">
      <div className="row">
        <Button icon={<MailOutlined aria-hidden />} onClick={() => setKind('message')}>
          {t('chairing.call.message')}
        </Button>
        <Button icon={<CustomerServiceOutlined aria-hidden />} onClick={() => setKind('help')}>
          {t('chairing.call.help')}
        </Button>
      </div>
      {mine.length > 0 && (
        <details>
          <summary>{t('chairing.call.mine', { count: mine.length })}</summary>
          <ul className="plain-list">
            {mine.map(({ id, text, doneAt }) => (
              <li key={id} className="person">
                <span className="grow desk-text">{text}</span>
                <StateTag tone={doneAt ? 'good' : 'next'}>{t(doneAt ? 'chairing.call.doneState' : 'chairing.call.open')}</StateTag>
              </li>
            ))}
          </ul>
        </details>
      )}
      {kind && <CallDialog kind={kind} meetingId={meeting.id} onSent={() => void refetch()} onClose={() => setKind(null)} />}
    </section>
  )
}

type Props = { kind: Call['kind']; meetingId: string; onSent: () => void; onClose: () => void }

function CallDialog({ kind, meetingId, onSent, onClose }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ text: string }>()
  const { send, pending, failure } = useCommand('call:send')
  const [id] = useState(() => v7())

  async function submit({ text }: { text: string }) {
    const result = await send({ id, meetingId, kind, text })
    if (!result.ok) return
    message.success(t('chairing.call.sent'))
    onSent()
    onClose()
  }
  return (
    <Modal
      open
      title={t(kind === 'help' ? 'chairing.call.helpTitle' : 'chairing.call.messageTitle')}
      okText={t('chairing.call.send')}
      cancelText={t('common.cancel')}
      confirmLoading={pending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}>
        <Form.Item
          name="text"
          label={t('chairing.call.text')}
          extra={t(kind === 'help' ? 'chairing.call.helpHint' : 'chairing.call.hint')}
          rules={[{ required: true, whitespace: true, message: t('chairing.call.missing') }]}
        >
          <Input.TextArea autoFocus maxLength={500} autoSize={{ minRows: 3, maxRows: 8 }} />
        </Form.Item>
        <FailureNote failure={failure} />
      </Form>
    </Modal>
  )
}
