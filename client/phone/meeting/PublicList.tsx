/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import type { Suggestion } from '../../../shared/suggestions.ts'
import { shortMomentOf } from '../dates.ts'
import { Photos } from '../photos/Photos.tsx'
import { usePhone } from '../preferences.tsx'
import { LongText } from '../ui/LongText.tsx'
import { Skeleton } from '../ui/parts.tsx'
import { StatusTag } from '../ui/StatusTag.tsx'
import { Facts } from '../voice/Facts.tsx'
import { SupportButton, type Supporting } from '../voice/SupportButton.tsx'
import type { FeedState } from './feed.ts'
import { Answer } from './MyList.tsx'
import { inRank, type Known, mostSupported, publicOf } from './suggestionList.ts'

type Props = Supporting & { known: Known; state: FeedState['list']; discussedId: string | undefined }

const pageSize = 20

/** What the public may read: what is pinned, then the newest or the most supported. */
export function PublicList({ known, state, discussedId, ...supporting }: Props) {
  const { t } = usePhone()
  const [shown, setShown] = useState(pageSize)
  const [rank, setRank] = useState<ReadonlyMap<string, number> | null>(null)
  const newest = publicOf(known)
  const suggestions = rank ? inRank(newest, rank) : newest
  const left = suggestions.length - shown
  return (
    <section aria-labelledby="list-title">
      <h2 id="list-title" class="section-title">
        {t('list.title')} {state === 'ready' && <span class="soft">{t('list.count', { count: suggestions.length })}</span>}
      </h2>
      {suggestions.length > 1 && (
        <div class="row orders">
          <button type="button" class="order" aria-pressed={rank === null} onClick={() => setRank(null)}>
            {t('list.newest')}
          </button>
          <button type="button" class="order" aria-pressed={rank !== null} onClick={() => setRank(mostSupported(newest))}>
            {t('list.supported')}
          </button>
        </div>
      )}
      {suggestions.length === 0 && <Nothing state={state} />}
      <ul class="plain">
        {suggestions.slice(0, shown).map((suggestion) => (
          <li key={suggestion.id} class="card">
            <Item suggestion={suggestion} discussed={suggestion.id === discussedId} {...supporting} />
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

function Item({ suggestion, discussed, ...supporting }: Supporting & { suggestion: Suggestion; discussed: boolean }) {
  const { t, language } = usePhone()
  return (
    <>
      <p class="item-line">
        <span class="author">{suggestion.authorName || t('list.anonymous')}</span>
        {suggestion.pinned && (
          <span class="tag">
            <span aria-hidden="true">↑</span> {t('list.pinned')}
          </span>
        )}
        {discussed && <span class="tag tag-live">{t('meeting.nowMark')}</span>}
        {supporting.mine.has(suggestion.id) && <span class="tag tag-mine">{t('list.mine')}</span>}
        {suggestion.status === 'answered' && <StatusTag status="answered" />}
        <time dateTime={suggestion.createdAt}>{shortMomentOf(suggestion.createdAt, language, new Date())}</time>
      </p>
      <LongText text={suggestion.text} />
      <Facts suggestion={suggestion} />
      <Photos photoIds={suggestion.photoIds} />
      {suggestion.answer !== null && <Answer text={suggestion.answer} />}
      <SupportButton suggestion={suggestion} {...supporting} />
    </>
  )
}
