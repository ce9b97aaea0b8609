import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatReceipt, type KeptReceipt } from '../../shared/suggestions.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { PlainForm } from '../ui/PlainForm.tsx'
import { When } from '../ui/When.tsx'
import './home.css'

/** What came back on one's own suggestions and on the receipts that one keeps; nothing for whoever has no account. */
export function CameBack() {
  const { actor } = useMe()
  return actor.accountId === null || actor.anonymous ? null : <Receipts />
}

function Receipts() {
  const { t } = useTranslation()
  const id = useId()
  const { data, refetch } = useQueryOf('my-receipts', {}, { refetchInterval: 60_000 })
  if (!data) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {t('home.cameBack')} {data.length > 0 && <span className="soft">{data.length}</span>}
      </h2>
      {data.length === 0 ? (
        <Empty>{t('home.nothingCame')}</Empty>
      ) : (
        <ul className="plain-list sheet">
          {data.map((kept) => (
            <ReceiptRow key={kept.receipt} kept={kept} />
          ))}
        </ul>
      )}
      <ClaimForm onClaimed={() => void refetch()} />
    </section>
  )
}

function ReceiptRow({ kept: { suggestion, receipt, meetingTitle, latest } }: { kept: KeptReceipt }) {
  const { t } = useTranslation()
  return (
    <li className="task-row">
      <strong className="came-step">{t(`home.step.${latest.kind}`)}</strong>
      <div className="grow">
        {/* The receipt's page is the phones' page, which is another program: a link, not a route. */}
        <a href={`/r/${formatReceipt(receipt)}`} className="recommendation-title came-text">
          {suggestion.text}
        </a>
        <div className="soft small">{meetingTitle}</div>
      </div>
      <span className="soft">
        <When at={latest.at} />
      </span>
    </li>
  )
}

/** Keeps another receipt, such as one that was given on paper. */
function ClaimForm({ onClaimed }: { onClaimed: () => void }) {
  const { t } = useTranslation()
  const claim = useCommand('receipt:claim')
  const [typed, setTyped] = useState('')
  const field = useId()
  async function keep() {
    const result = await claim.send({ receipt: typed })
    if (!result.ok) return
    setTyped('')
    onClaimed()
  }
  return (
    <PlainForm className="came-claim" onSubmit={keep}>
      <label htmlFor={field}>{t('home.claimLabel')}</label>
      <div className="row">
        <Input
          id={field}
          value={typed}
          maxLength={20}
          autoComplete="off"
          placeholder="XXXX-XXXX-XXXX"
          style={{ maxWidth: 220 }}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button htmlType="submit" loading={claim.pending} disabled={typed.trim() === ''}>
          {t('home.claim')}
        </Button>
      </div>
      <FailureNote failure={claim.failure} />
    </PlainForm>
  )
}
