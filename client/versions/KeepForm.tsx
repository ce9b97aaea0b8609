import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

/** Keeps what the minutes say now under a name. */
export function KeepForm({ meetingId, onKept }: { meetingId: string; onKept: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ name: string }>()
  const { send, pending, failure } = useCommand('version:keep')
  const [id, setId] = useState(() => v7())
  async function keep({ name }: { name: string }) {
    const result = await send({ id, meetingId, name })
    if (!result.ok) return
    setId(v7())
    form.resetFields()
    onKept()
  }
  return (
    <Form form={form} layout="vertical" requiredMark={false} className="versions-keep" onFinish={(fields) => void keep(fields)}>
      <Form.Item
        name="name"
        label={t('signing.versions.name')}
        rules={[{ required: true, whitespace: true, message: t('signing.versions.nameMissing') }]}
      >
        <Input maxLength={80} />
      </Form.Item>
      <Button htmlType="submit" loading={pending}>
        {t('signing.versions.keep')}
      </Button>
      <FailureNote failure={failure} />
    </Form>
  )
}
