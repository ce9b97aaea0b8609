import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { passwordSchema, usernameSchema } from '../../shared/identity.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

type Fields = { username: string; name: string; password: string }

export function NewAccountForm() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const create = useCommand('account:create')
  const [id, setId] = useState(() => v7())
  const [form] = Form.useForm<Fields>()

  async function make(fields: Fields) {
    const result = await create.send({ id, ...fields })
    if (!result.ok) return
    setId(v7())
    form.resetFields()
    void message.success(t('admin.accountMade', { name: result.value.name }))
  }
  const fits = (schema: typeof usernameSchema | typeof passwordSchema, words: string) => ({
    validator: (_: unknown, value: unknown) => (schema.safeParse(value).success ? Promise.resolve() : Promise.reject(new Error(words))),
  })
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      autoComplete="off"
      className="admin-form"
      onFinish={(fields) => void make(fields)}
    >
      <Form.Item name="name" label={t('admin.name')} rules={[{ required: true, whitespace: true, message: t('admin.nameMissing') }]}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="username" label={t('identity.username')} rules={[fits(usernameSchema, t('admin.usernameRule'))]}>
        <Input maxLength={32} autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="password" label={t('admin.initialPassword')} rules={[fits(passwordSchema, t('admin.passwordRule'))]}>
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={create.pending}>
        {t('common.create')}
      </Button>
      <FailureNote failure={create.failure} />
    </Form>
  )
}
