/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Stance } from '../../../shared/stances.ts'
import type { Suggestion } from '../../../shared/suggestions.ts'
import { usePhone } from '../preferences.tsx'
import { LongText } from '../ui/LongText.tsx'
import { Facts } from './Facts.tsx'
import { MyStances } from './MyStances.tsx'
import { StanceButtons } from './StanceButtons.tsx'
import type { Voice } from './voice.ts'

type Props = { voice: Voice; live: boolean; isPublic: (suggestion: Suggestion) => boolean }

/** One suggestion at a time: agree, disagree or pass; and what I said of the others. */
export function StanceCards({ voice, live, isPublic }: Props) {
  const { t } = usePhone()
  const [again, setAgain] = useState<{ suggestion: Suggestion; stance: Stance } | null>(null)
  const { cards, given, total, last, refusal } = voice.state()
  const card = again?.suggestion ?? cards.find(isPublic)
  const text = useRef<HTMLDivElement>(null)
  const moved = useRef(false)

  useEffect(() => {
    // Only after a press: the page must not jump there when it opens.
    if (moved.current) text.current?.focus({ preventScroll: again === null })
    moved.current = false
  })

  if (total === 0 && given === 0) return null
  const judge = (stance: Stance) => {
    if (!card) return
    moved.current = true
    setAgain(null)
    voice.judge(card, stance)
  }
  const think = (one: { suggestion: Suggestion; stance: Stance }) => {
    moved.current = true
    setAgain(one)
  }
  return (
    <section aria-labelledby="cards-title">
      <h2 id="cards-title" class="section-title">
        {t('cards.title')} <span class="soft">{t('cards.progress', { given, total })}</span>
      </h2>
      {live && (
        <div class="card stance-card">
          <progress class="stance-progress" max={total} value={given} aria-label={t('cards.progress', { given, total })} />
          <div ref={text} tabIndex={-1} class="stance-text">
            {card ? (
              <>
                <LongText key={card.id} text={card.text} />
                <Facts suggestion={card} />
              </>
            ) : (
              <p class="soft">{t(given < total ? 'cards.loading' : 'cards.done')}</p>
            )}
          </div>
          {card && <StanceButtons key={`${card.id}${again !== null}`} chosen={again?.stance ?? null} onChoose={judge} />}
          {last && !again && (
            <p class="stance-last">
              <span>{t('cards.last', { stance: t(`cards.${last.stance}`) })}</span>
              <button type="button" class="unfold" onClick={() => think(last)}>
                {t('cards.again')}
              </button>
            </p>
          )}
          {refusal && (
            <p class="wrong" role="alert">
              {t(refusal.reason === 'barred' ? 'failure.barred' : 'cards.refused')}
            </p>
          )}
          {voice.waiting() > 0 && <p class="soft small">{t('cards.kept')}</p>}
        </div>
      )}
      {given > 0 && <MyStances voice={voice} onChange={live ? think : null} />}
    </section>
  )
}
