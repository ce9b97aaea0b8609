import { Button, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { type Invitation, invitationRoleSchema, type Meeting } from '../../shared/meetings.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

type Fields = { role: Invitation['role']; siteId: string; maxUses: number; expiresInHours: number }

const lifetimesHours = [24, 24 * 7, 24 * 30] as const
const anySite = ''

export function InvitationForm({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const create = useCommand('invitation:create')
  // The same id until it has been made, so that pressing again after a lost answer makes one link, not two.
  const [id, setId] = useState(() => v7())

  async function make({ role, siteId, maxUses, expiresInHours }: Fields) {
    const result = await create.send({ id, meetingId: meeting.id, role, siteId: siteId || null, maxUses, expiresInHours })
    if (!result.ok) return
    setId(v7())
  }
  return (
    <Form<Fields>
      layout="vertical"
      initialValues={{ role: 'member', siteId: anySite, maxUses: 50, expiresInHours: 24 * 7 }}
      onFinish={(fields) => void make(fields)}
      className="invitation-form"
    >
      <Form.Item name="role" label={t('meetings.invitationRole')}>
        <Select options={invitationRoleSchema.options.map((role) => ({ value: role, label: t(`common.role.${role}`) }))} />
      </Form.Item>
      <Form.Item name="siteId" label={t('meetings.invitationSite')}>
        <Select
          options={[
            { value: anySite, label: t('meetings.anySite') },
            ...meeting.sites.map(({ id: value, name: label }) => ({ value, label })),
          ]}
        />
      </Form.Item>
      <Form.Item name="maxUses" label={t('meetings.invitationMaxUses')}>
        <InputNumber min={1} max={1_000} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="expiresInHours" label={t('meetings.invitationLifetime')}>
        <Select options={lifetimesHours.map((hours) => ({ value: hours, label: t('meetings.days', { count: hours / 24 }) }))} />
      </Form.Item>
      <FailureNote failure={create.failure} />
      <Button htmlType="submit" loading={create.pending} block>
        {t('meetings.makeInvitation')}
      </Button>
    </Form>
  )
}
