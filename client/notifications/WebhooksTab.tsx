import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useManagedRegion } from '../stations/useManagedRegion.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PlainForm } from '../ui/PlainForm.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { WebhookRow } from './WebhookRow.tsx'

/** Which other systems are told what happens in a region. */
export function WebhooksTab() {
  const { t } = useTranslation()
  const { regionCode, select } = useManagedRegion('webhook:manage')
  return (
    <div className="stack stack-wide page-narrow">
      <p className="soft">{t('notifications.webhooksIntro')}</p>
      <RegionSelect aria-label={t('topics.region')} placeholder={t('topics.region')} {...select} />
      {regionCode === undefined ? <Empty>{t('clocks.pickRegion')}</Empty> : <OfRegion key={regionCode} regionCode={regionCode} />}
    </div>
  )
}

function OfRegion({ regionCode }: { regionCode: string }) {
  const { t } = useTranslation()
  return (
    <Sheet title={t('notifications.webhooks')}>
      <div className="stack stack-wide">
        <AddForm regionCode={regionCode} />
        <Loaded of={useQueryOf('webhooks', { regionCode })}>
          {(webhooks) =>
            webhooks.length === 0 ? (
              <Empty>{t('notifications.webhookNone')}</Empty>
            ) : (
              <ul className="plain-list">
                {webhooks.map((webhook) => (
                  <WebhookRow key={webhook.id} webhook={webhook} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </div>
    </Sheet>
  )
}

function AddForm({ regionCode }: { regionCode: string }) {
  const { t } = useTranslation()
  const field = useId()
  const create = useCommand('webhook:create')
  const [id, setId] = useState(() => v7())
  const [url, setUrl] = useState('')
  const [secret, setSecret] = useState<string | null>(null)

  async function add() {
    const result = await create.send({ id, scope: { kind: 'region', regionCode }, url: url.trim() })
    if (!result.ok) return
    setSecret(result.value.secret)
    setUrl('')
    setId(v7())
  }
  return (
    <PlainForm className="stack" onSubmit={add}>
      <label htmlFor={field}>{t('notifications.webhookUrl')}</label>
      <div className="row">
        <Input
          id={field}
          value={url}
          maxLength={500}
          placeholder="https://"
          style={{ maxWidth: 420 }}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Button type="primary" htmlType="submit" loading={create.pending} disabled={url.trim() === ''}>
          {t('notifications.webhookAdd')}
        </Button>
      </div>
      <FailureNote failure={create.failure} />
      {secret && (
        <div role="status" className="stack">
          <p>{t('notifications.webhookSecret')}</p>
          <div className="row">
            <code className="notice-address">{secret}</code>
            <CopyButton text={secret} label={t('notifications.webhookSecret')} />
          </div>
          <p className="soft">{t('notifications.webhookSigned')}</p>
        </div>
      )}
    </PlainForm>
  )
}
