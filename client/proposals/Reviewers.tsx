import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { usernameSchema } from '../../shared/identity.ts'
import type { Reviewer } from '../../shared/reviewers.ts'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Sheet } from '../ui/Sheet.tsx'

/** Who reviews a region's proposals beside its secretariat. */
export function Reviewers({ regionCode }: { regionCode: string }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const put = (reviewers: Reviewer[]) => queryClient.setQueryData(keyOf('reviewers', { regionCode }), reviewers)
  return (
    <Sheet title={t('proposals.reviewers.title')}>
      <div className="stack">
        <p className="soft">{t('proposals.reviewers.intro')}</p>
        <Loaded of={useQueryOf('reviewers', { regionCode })}>
          {(reviewers) => <ReviewerList regionCode={regionCode} reviewers={reviewers} onChange={put} />}
        </Loaded>
        <AppointForm regionCode={regionCode} onChange={put} />
      </div>
    </Sheet>
  )
}

type Listed = { regionCode: string; reviewers: Reviewer[]; onChange(reviewers: Reviewer[]): void }

function ReviewerList({ regionCode, reviewers, onChange }: Listed) {
  const { t } = useTranslation()
  const dismiss = useCommand('reviewer:dismiss')
  async function take(accountId: string) {
    const result = await dismiss.send({ regionCode, accountId })
    if (result.ok) onChange(result.value)
  }
  if (reviewers.length === 0) return <p>{t('proposals.reviewers.none')}</p>
  return (
    <>
      <FailureNote failure={dismiss.failure} />
      <ul className="plain-list">
        {reviewers.map(({ accountId, name, username }) => (
          <li key={accountId} className="row row-wide reviewer">
            <span className="grow">
              {name} <span className="soft">{username}</span>
            </span>
            <Button
              size="small"
              disabled={dismiss.pending}
              aria-label={t('proposals.reviewers.dismissNamed', { name })}
              onClick={() => void take(accountId)}
            >
              {t('proposals.reviewers.dismiss')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

type Fields = { username: string }

function AppointForm({ regionCode, onChange }: Pick<Listed, 'regionCode' | 'onChange'>) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const appoint = useCommand('reviewer:appoint')
  const [form] = Form.useForm<Fields>()
  async function submit({ username }: Fields) {
    const result = await appoint.send({ id: v7(), regionCode, username })
    if (!result.ok) return
    form.resetFields()
    void message.success(t('proposals.reviewers.appointed'))
    onChange(result.value)
  }
  const isName = (_: unknown, name = '') =>
    usernameSchema.safeParse(name.trim().toLowerCase()).success
      ? Promise.resolve()
      : Promise.reject(new Error(t('proposals.reviewers.usernameMissing')))
  return (
    <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}>
      <div className="row appoint">
        <Form.Item name="username" label={t('proposals.reviewers.username')} rules={[{ validator: isName, validateTrigger: 'onSubmit' }]}>
          <Input autoComplete="off" autoCapitalize="none" maxLength={32} />
        </Form.Item>
        <Button htmlType="submit" loading={appoint.pending}>
          {t('proposals.reviewers.appoint')}
        </Button>
      </div>
      <FailureNote failure={appoint.failure} />
    </Form>
  )
}
