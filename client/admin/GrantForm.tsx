import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { type Role, roles, type Scope } from '../../shared/policy.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { ScopeField } from './ScopeField.tsx'

const scopeKinds = ['country', 'region', 'organization', 'meeting'] as const
export type ScopeKind = (typeof scopeKinds)[number]

type Fields = { role: Role; kind: ScopeKind; where?: string }

const scopeOf = ({ kind, where = '' }: Fields): Scope => {
  if (kind === 'organization') return { kind, organizationId: where }
  return kind === 'meeting' ? { kind, meetingId: where } : { kind: 'region', regionCode: kind === 'country' ? '' : where }
}

/** Gives a role within a scope. */
export function GrantForm({ accountId }: { accountId: string }) {
  const { t } = useTranslation()
  const grant = useCommand('role:grant')
  const [id, setId] = useState(() => v7())
  const [form] = Form.useForm<Fields>()
  const kind = Form.useWatch('kind', form) ?? 'region'

  async function give(fields: Fields) {
    const result = await grant.send({ id, accountId, role: fields.role, scope: scopeOf(fields) })
    if (!result.ok) return
    setId(v7())
    form.resetFields()
  }
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="admin-form"
      initialValues={{ role: 'member', kind: 'region' }}
      onFinish={(fields) => void give(fields)}
    >
      <Form.Item name="role" label={t('admin.role')}>
        <Select options={roles.map((value) => ({ value, label: t(`common.role.${value}`) }))} />
      </Form.Item>
      <Form.Item name="kind" label={t('admin.scope')}>
        <Select
          options={scopeKinds.map((value) => ({ value, label: t(`admin.scopeKind.${value}`) }))}
          onChange={() => form.setFieldValue('where', undefined)}
        />
      </Form.Item>
      {kind === 'country' ? (
        <span />
      ) : (
        <Form.Item name="where" label={t(`admin.scopeKind.${kind}`)} rules={[{ required: true, message: t('admin.scopeMissing') }]}>
          <ScopeField kind={kind} />
        </Form.Item>
      )}
      <Button htmlType="submit" loading={grant.pending}>
        {t('admin.grant')}
      </Button>
      <FailureNote failure={grant.failure} />
    </Form>
  )
}
