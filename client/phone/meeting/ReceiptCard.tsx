/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import { formatReceipt } from '../../../shared/suggestion-rules.ts'
import type { PostedSuggestion } from '../../../shared/suggestions.ts'
import { usePhone } from '../preferences.tsx'
import { copyText } from '../ui/copy.ts'

/** What a citizen takes home: the code in groups of four, a button to copy it and the link to keep. */
export function ReceiptCard({ posted, onClose }: { posted: PostedSuggestion; onClose: () => void }) {
  const { t } = usePhone()
  const title = useRef<HTMLHeadingElement>(null)
  const [copied, setCopied] = useState<'not-yet' | 'copied' | 'failed'>('not-yet')
  const code = formatReceipt(posted.receipt)

  useEffect(() => {
    // Whoever already writes the next one is not pulled away from it.
    const typing = document.activeElement instanceof HTMLTextAreaElement && document.activeElement.value !== ''
    if (!typing) title.current?.focus()
  }, [])

  return (
    <section class="card receipt" aria-labelledby="receipt-title">
      <h2 id="receipt-title" ref={title} tabIndex={-1}>
        <span class="sign" aria-hidden="true">
          ✓
        </span>
        {t('posted.title')}
      </h2>
      <p class="soft">{t('posted.code')}</p>
      <p class="code">{code}</p>
      <p class="words clamp">{posted.suggestion.text}</p>
      <p>{t('posted.keep')}</p>
      <div class="row">
        <button type="button" class="button" onClick={async () => setCopied((await copyText(code)) ? 'copied' : 'failed')}>
          {copied === 'copied' ? t('posted.copied') : t('posted.copy')}
        </button>
        <a class="button quiet" href={`/r/${code}`}>
          {t('posted.open')}
        </a>
      </div>
      <p role="status" class={copied === 'failed' ? 'wrong' : 'unseen'}>
        {copied === 'failed' && t('posted.copyFailed')}
        {copied === 'copied' && t('posted.copied')}
      </p>
      <button type="button" class="button bare" onClick={onClose}>
        {t('posted.close')}
      </button>
    </section>
  )
}
