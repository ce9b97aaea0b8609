import { Button, Divider, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import { signInAnonymously } from '../identity/auth.ts'
import { useMe } from '../identity/MeContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { useAccept } from './useAccept.ts'

/** For people without an account: a name is enough. */
export function JoinAsGuest({ token }: { token: string }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const accept = useAccept(token)
  const [entering, setEntering] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  async function join(name: string) {
    setEntering(true)
    // Somebody who has an anonymous session already keeps it: their earlier suggestions hang on it.
    const session = actor.accountId === null ? await signInAnonymously() : null
    setFailure(session && !session.ok ? session.error : null)
    if (session?.ok !== false) await accept.join(name)
    setEntering(false)
  }
  return (
    <Form<{ name: string }>
      layout="vertical"
      requiredMark={false}
      initialValues={{ name: actor.name }}
      onFinish={({ name }) => void join(name.trim())}
    >
      <Form.Item
        name="name"
        label={t('meetings.guestName')}
        extra={t('meetings.guestNameHelp')}
        rules={[{ required: true, whitespace: true, message: t('meetings.guestNameMissing') }]}
      >
        <Input autoComplete="name" maxLength={40} autoFocus />
      </Form.Item>
      <FailureNote failure={failure ?? accept.failure} />
      <Button type="primary" htmlType="submit" block loading={entering || accept.pending}>
        {t('meetings.joinAsGuest')}
      </Button>
      <Divider plain>{t('identity.or')}</Divider>
      <LinkButton to="/sign-in" state={{ from: `/invite/${token}` }} block>
        {t('meetings.joinWithAccount')}
      </LinkButton>
    </Form>
  )
}
