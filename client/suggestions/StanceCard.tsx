import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Stance, stanceValues } from '../../shared/stances.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { LongText } from '../ui/LongText.tsx'
import { categoryName } from './categoryName.ts'
import type { Judged, NextCard } from './useNextCard.ts'

/** In the room as on a phone: one suggestion at a time, agree, disagree or pass. */
export function StanceCard({ next }: { next: NextCard }) {
  const { t } = useTranslation()
  const [again, setAgain] = useState<Judged | null>(null)
  const text = useRef<HTMLDivElement>(null)
  const { last, given, total, pending, failure, isOpen } = next
  if (!next.isLoaded || total === 0) return null
  const card = again?.suggestion ?? next.card
  const facts = card ? [card.category && categoryName(card.category, t), card.place].filter(Boolean).join(' · ') : ''

  async function judge(stance: Stance) {
    if (!card) return
    if (await next.judge(card, stance)) setAgain(null)
    text.current?.focus({ preventScroll: true })
  }
  return (
    <section className="stance-next" aria-label={t('suggestions.card.title')}>
      <p className="stance-next-head">
        <b>{t('suggestions.card.title')}</b>
        <span className="soft small">{t('suggestions.card.progress', { given, total })}</span>
      </p>
      <div ref={text} tabIndex={-1} className="stance-next-text" aria-live="polite">
        {card ? <LongText key={card.id} text={card.text} /> : <span className="soft">{t('suggestions.card.done')}</span>}
        {facts && <p className="soft small">{facts}</p>}
      </div>
      {card && (
        <div className="stance-next-buttons">
          {stanceValues.map((stance) => (
            <Button
              key={stance}
              disabled={pending}
              {...(again ? { 'aria-pressed': again.stance === stance, type: again.stance === stance ? 'primary' : 'default' } : {})}
              onClick={() => void judge(stance)}
            >
              {t(`suggestions.card.${stance}`)}
            </Button>
          ))}
        </div>
      )}
      {last && !again && (
        <p className="small row">
          <span className="soft grow">{t('suggestions.card.last', { stance: t(`suggestions.card.${last.stance}`) })}</span>
          <Button type="link" size="small" onClick={() => setAgain(last)}>
            {t('suggestions.card.again')}
          </Button>
        </p>
      )}
      {!isOpen && <p className="soft small">{t('suggestions.card.closed', { count: next.needed })}</p>}
      <FailureNote failure={failure} />
    </section>
  )
}
