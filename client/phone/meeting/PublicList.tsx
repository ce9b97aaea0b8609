/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import type { Suggestion } from '../../../shared/suggestions.ts'
import { shortMomentOf } from '../dates.ts'
import { Photos } from '../photos/Photos.tsx'
import { usePhone } from '../preferences.tsx'
import { LongText } from '../ui/LongText.tsx'
import { Skeleton } from '../ui/parts.tsx'
import { StatusTag } from '../ui/StatusTag.tsx'
import type { FeedState } from './feed.ts'
import { Answer } from './MyList.tsx'

type Props = { suggestions: Suggestion[]; state: FeedState['list']; mine: ReadonlySet<string> }

const pageSize = 20

/** What the public may read, newest first. */
export function PublicList({ suggestions, state, mine }: Props) {
  const { t } = usePhone()
  const [shown, setShown] = useState(pageSize)
  const left = suggestions.length - shown
  return (
    <section aria-labelledby="list-title">
      <h2 id="list-title" class="section-title">
        {t('list.title')} {state === 'ready' && <span class="soft">{t('list.count', { count: suggestions.length })}</span>}
      </h2>
      {suggestions.length === 0 && <Nothing state={state} />}
      <ul class="plain">
        {suggestions.slice(0, shown).map((suggestion) => (
          <li key={suggestion.id} class="card">
            <Item suggestion={suggestion} mine={mine.has(suggestion.id)} />
          </li>
        ))}
      </ul>
      {left > 0 && (
        <button type="button" class="button quiet" onClick={() => setShown(shown + pageSize)}>
          {t('list.more', { count: Math.min(left, pageSize) })}
        </button>
      )}
    </section>
  )
}

function Nothing({ state }: { state: FeedState['list'] }) {
  const { t } = usePhone()
  if (state === 'loading') return <Skeleton lines={3} />
  return <p class="card soft">{state === 'failed' ? t('list.failed') : t('list.empty')}</p>
}

function Item({ suggestion, mine }: { suggestion: Suggestion; mine: boolean }) {
  const { t, language } = usePhone()
  return (
    <>
      <p class="item-line">
        <span class="author">{suggestion.authorName || t('list.anonymous')}</span>
        {mine && <span class="tag tag-mine">{t('list.mine')}</span>}
        {suggestion.status === 'answered' && <StatusTag status="answered" />}
        <time dateTime={suggestion.createdAt}>{shortMomentOf(suggestion.createdAt, language, new Date())}</time>
      </p>
      <LongText text={suggestion.text} />
      <Photos photoIds={suggestion.photoIds} />
      {suggestion.answer !== null && <Answer text={suggestion.answer} />}
    </>
  )
}
