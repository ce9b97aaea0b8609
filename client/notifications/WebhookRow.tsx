import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import type { Delivery, Webhook } from '../../shared/webhooks.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'

/** One address, with what was sent to it. */
export function WebhookRow({ webhook: { id: webhookId, url, createdAt, createdByName } }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const remove = useCommand('webhook:remove')
  const attempt = useCommand('webhook:try')

  async function tryIt() {
    const result = await attempt.send({ id: v7(), webhookId })
    if (result.ok) setOpen(true)
  }
  const drop = () => remove.send({ webhookId })
  return (
    <li className="webhook-row">
      <strong>{url}</strong>
      <span className="soft small">
        {t('notifications.webhookBy', { name: createdByName })} <When at={createdAt} />
      </span>
      <div className="row">
        <Button size="small" loading={attempt.pending} onClick={() => void tryIt()}>
          {t('notifications.webhookTry')}
        </Button>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('notifications.deliveries')}
        </Button>
        <Button size="small" danger loading={remove.pending} onClick={() => void drop()}>
          {t('notifications.webhookRemove')}
        </Button>
      </div>
      <FailureNote failure={attempt.failure ?? remove.failure} />
      {open && <Deliveries webhookId={webhookId} />}
    </li>
  )
}

function Deliveries({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation()
  const columns: Column<Delivery>[] = [
    { key: 'event', title: t('notifications.event'), draw: ({ event }) => event },
    { key: 'at', title: t('notifications.at'), draw: ({ at }) => <When at={at} /> },
    { key: 'attempts', title: t('notifications.attempts'), draw: ({ attempts }) => attempts, align: 'right' },
    {
      key: 'result',
      title: t('notifications.result'),
      draw: ({ deliveredAt, outcome }) => (
        <>
          <StateTag tone={deliveredAt ? 'good' : 'next'}>{t(deliveredAt ? 'notifications.delivered' : 'notifications.waiting')}</StateTag>{' '}
          <span className="soft">{outcome}</span>
        </>
      ),
    },
  ]
  return (
    <Loaded of={useQueryOf('webhook-deliveries', { webhookId }, { refetchInterval: 5_000 })}>
      {(deliveries) =>
        deliveries.length === 0 ? (
          <Empty>{t('notifications.noDeliveries')}</Empty>
        ) : (
          <DataTable label={t('notifications.deliveries')} columns={columns} rows={deliveries} keyOf={({ id }) => id} minWidth={560} />
        )
      }
    </Loaded>
  )
}
