import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../shared/commands.ts'
import type { NoticeSettings } from '../../shared/notifications.ts'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { PlainForm } from '../ui/PlainForm.tsx'
import { StateTag } from '../ui/StateTag.tsx'

/** Takes over what the server answered. */
export function usePutSettings() {
  const queryClient = useQueryClient()
  return (result: Result<NoticeSettings>) => {
    if (result.ok) queryClient.setQueryData(keyOf('notice-settings', {}), result.value)
    return result.ok
  }
}

/** The address that letters go to: it counts once its owner has followed the link in the first one. */
export function EmailForm({ settings }: { settings: NoticeSettings }) {
  const { t } = useTranslation()
  const field = useId()
  const put = usePutSettings()
  const [typed, setTyped] = useState('')
  const set = useCommand('email:set')
  const remove = useCommand('email:remove')
  const { mailPossible, email, unconfirmed } = settings
  if (!mailPossible) return <p className="soft">{t('notifications.noMailHere')}</p>

  const send = async (address: string) => {
    if (put(await set.send({ email: address }))) setTyped('')
  }
  return (
    <PlainForm className="stack" onSubmit={() => send(typed.trim())}>
      {email && (
        <div className="row">
          <strong className="notice-address">{email}</strong>
          <StateTag tone="good">{t('notifications.confirmed')}</StateTag>
          <Button size="small" loading={remove.pending} onClick={() => void remove.send({}).then(put)}>
            {t('notifications.removeEmail')}
          </Button>
        </div>
      )}
      {unconfirmed && (
        <div className="stack" role="status">
          <div className="row">
            <strong className="notice-address">{unconfirmed}</strong>
            <StateTag tone="next">{t('notifications.unconfirmed')}</StateTag>
            <Button size="small" loading={set.pending} onClick={() => void send(unconfirmed)}>
              {t('notifications.sendAgain')}
            </Button>
          </div>
          <div className="soft">{t('notifications.unconfirmedHelp')}</div>
        </div>
      )}
      <label htmlFor={field}>{email ? t('notifications.otherEmail') : t('notifications.email')}</label>
      <div className="row">
        <Input
          id={field}
          type="email"
          autoComplete="email"
          value={typed}
          maxLength={254}
          style={{ maxWidth: 320 }}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type={email ? 'default' : 'primary'} htmlType="submit" loading={set.pending} disabled={typed.trim() === ''}>
          {t('notifications.setEmail')}
        </Button>
      </div>
      <FailureNote failure={set.failure ?? remove.failure} />
    </PlainForm>
  )
}
