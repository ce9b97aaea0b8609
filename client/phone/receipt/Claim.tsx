/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { formatReceipt } from '../../../shared/suggestion-rules.ts'
import { usePhone } from '../preferences.tsx'

/** Keeps the receipt with the account of whoever has one. */
export function Claim({ receipt }: { receipt: string }) {
  const { t, api } = usePhone()
  const [state, setState] = useState<'open' | 'busy' | 'kept' | 'stranger' | 'failed'>('open')

  async function claim() {
    setState('busy')
    const answer = await api.claim(receipt)
    if (answer.ok) setState('kept')
    else setState(answer.error.code === 'not-signed-in' || answer.error.reason === 'needs-an-account' ? 'stranger' : 'failed')
  }
  return (
    <div class="claim">
      {state === 'kept' ? (
        <a href="/">{t('receipt.claimed')}</a>
      ) : state === 'stranger' ? (
        <a class="button quiet" href={`/sign-in?from=/r/${formatReceipt(receipt)}`}>
          {t('receipt.claimSignIn')}
        </a>
      ) : (
        <button type="button" class="button quiet" disabled={state === 'busy'} onClick={() => void claim()}>
          {t('receipt.claim')}
        </button>
      )}
      <p role="status" class={state === 'failed' ? 'wrong' : 'unseen'}>
        {state === 'failed' && t('receipt.claimFailed')}
        {state === 'kept' && t('receipt.claimed')}
      </p>
    </div>
  )
}
