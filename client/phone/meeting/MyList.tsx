/** @jsxImportSource preact */
import { formatReceipt, isPublic } from '../../../shared/suggestion-rules.ts'
import { shortMomentOf } from '../dates.ts'
import { Photos } from '../photos/Photos.tsx'
import { usePhone } from '../preferences.tsx'
import { StatusTag } from '../ui/StatusTag.tsx'
import { Facts } from '../voice/Facts.tsx'
import type { MyEntry } from './suggestionList.ts'

/** My own suggestions with their states and receipts. */
export function MyList({ entries }: { entries: MyEntry[] }) {
  const { t } = usePhone()
  if (entries.length === 0) return null
  return (
    <section aria-labelledby="mine-title">
      <h2 id="mine-title" class="section-title">
        {t('mine.title')} <span class="soft">{t('list.count', { count: entries.length })}</span>
      </h2>
      <ul class="plain">
        {entries.map((entry) => (
          <li key={entry.suggestion.id} class="card">
            <Mine {...entry} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Mine({ suggestion, receipt, mergedIntoText }: MyEntry) {
  const { t, language } = usePhone()
  const code = formatReceipt(receipt)
  return (
    <>
      <p class="item-line">
        <StatusTag status={suggestion.status} />
        <time dateTime={suggestion.createdAt}>{shortMomentOf(suggestion.createdAt, language, new Date())}</time>
      </p>
      <p class="words clamp">{suggestion.text}</p>
      <Facts suggestion={suggestion} />
      <Photos photoIds={suggestion.photoIds} receipt={receipt} />
      {suggestion.answer !== null && <Answer text={suggestion.answer} />}
      {suggestion.status === 'hidden' && suggestion.hideReason && (
        <p class="note">{t('mine.hideReason', { reason: suggestion.hideReason })}</p>
      )}
      {suggestion.status === 'merged' && mergedIntoText && <p class="note clamp">{t('mine.mergedInto', { text: mergedIntoText })}</p>}
      {isPublic(suggestion) && <p class="supporters">{t('support.count', { count: suggestion.supportCount })}</p>}
      <p class="item-foot">
        <span>
          {t('mine.receipt')} <span class="code-small">{code}</span>
        </span>
        <a class="follow" href={`/r/${code}`} aria-label={`${t('mine.open')} ${code}`}>
          {t('mine.open')}
        </a>
      </p>
    </>
  )
}

export function Answer({ text }: { text: string }) {
  const { t } = usePhone()
  return (
    <div class="answer">
      <p class="answer-title">{t('list.answer')}</p>
      <p class="words">{text}</p>
    </div>
  )
}
