import { Button, Divider, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../shared/commands.ts'
import type { Failure } from '../../shared/errors.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { signIn, signInElsewhere } from './auth.ts'
import { useMe } from './MeContext.tsx'

type Fields = { username: string; password: string }

export function SignInForm({ returnTo, onDone }: { returnTo: string; onDone: () => void }) {
  const { t } = useTranslation()
  const { me, refresh } = useMe()
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  async function attempt(way: () => Promise<Result<unknown>>, then: () => Promise<void>) {
    setPending(true)
    const answer = await way()
    setFailure(answer.ok ? null : answer.error)
    if (answer.ok) await then()
    setPending(false)
  }
  const submit = ({ username, password }: Fields) =>
    attempt(
      () => signIn(username.trim().toLowerCase(), password),
      async () => {
        await refresh()
        onDone()
      },
    )
  return (
    <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)} className="stack">
      <Form.Item
        name="username"
        label={t('identity.username')}
        rules={[{ required: true, message: t('identity.usernameMissing') }]}
        noStyle={false}
      >
        <Input autoComplete="username" autoFocus autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="password" label={t('identity.password')} rules={[{ required: true, message: t('identity.passwordMissing') }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <FailureNote failure={failure} />
      <Button type="primary" htmlType="submit" block loading={pending}>
        {t('identity.signIn')}
      </Button>
      {me?.oidcName && (
        <>
          <Divider plain>{t('identity.or')}</Divider>
          <Button
            block
            onClick={() =>
              void attempt(
                () => signInElsewhere(returnTo),
                async () => {},
              )
            }
          >
            {t('identity.signInWith', { name: me.oidcName })}
          </Button>
        </>
      )}
    </Form>
  )
}
