/** @jsxImportSource preact */
import { useEffect, useRef } from 'preact/hooks'
import { formatReceipt } from '../../../shared/suggestion-rules.ts'
import type { PostedSuggestion } from '../../../shared/suggestions.ts'
import { usePhone } from '../preferences.tsx'
import { KeepLink } from '../receipt/KeepLink.tsx'

/** What a citizen takes home: the code in groups of four, and ways to keep it with its link. */
export function ReceiptCard({ posted, onClose }: { posted: PostedSuggestion; onClose: () => void }) {
  const { t } = usePhone()
  const title = useRef<HTMLHeadingElement>(null)
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
      <KeepLink receipt={posted.receipt} />
      <a class="button quiet" href={`/r/${code}`}>
        {t('posted.open')}
      </a>
      <button type="button" class="button bare" onClick={onClose}>
        {t('posted.close')}
      </button>
    </section>
  )
}
