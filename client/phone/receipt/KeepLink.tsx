/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { formatReceipt } from '../../../shared/suggestion-rules.ts'
import { usePhone } from '../preferences.tsx'
import { copyText } from '../ui/copy.ts'

/** Takes the receipt along: copied with its link, or handed to another app where the browser can. */
export function KeepLink({ receipt }: { receipt: string }) {
  const { t } = usePhone()
  const [copied, setCopied] = useState<'not-yet' | 'copied' | 'failed'>('not-yet')
  const code = formatReceipt(receipt)
  const words = t('posted.keepText', { code, address: `${location.origin}/r/${code}` })
  return (
    <>
      <div class="row">
        <button type="button" class="button" onClick={async () => setCopied((await copyText(words)) ? 'copied' : 'failed')}>
          {copied === 'copied' ? t('posted.copied') : t('posted.copy')}
        </button>
        {'share' in navigator && (
          // Whoever closes the sheet again has not shared, and that is no failure.
          <button type="button" class="button quiet" onClick={() => void navigator.share({ text: words }).catch(() => {})}>
            {t('posted.share')}
          </button>
        )}
      </div>
      <p role="status" class={copied === 'failed' ? 'wrong' : 'unseen'}>
        {copied === 'failed' && t('posted.copyFailed')}
        {copied === 'copied' && t('posted.copied')}
      </p>
    </>
  )
}
