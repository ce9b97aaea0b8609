/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks'
import type { Stance } from '../../../shared/stances.ts'
import { usePhone } from '../preferences.tsx'
import type { WordKey } from '../words.ts'

const choices: [stance: Stance, sign: string, word: WordKey][] = [
  ['agree', '✓', 'cards.agree'],
  ['disagree', '✕', 'cards.disagree'],
  ['pass', '–', 'cards.pass'],
]
export const signOf = (stance: Stance) => choices.find(([one]) => one === stance)?.[1]

/** A second tap of a trembling finger comes within this time; it must not judge the next card. */
const restMs = 300

export function StanceButtons({ chosen, onChoose }: { chosen: Stance | null; onChoose: (stance: Stance) => void }) {
  const { t } = usePhone()
  const [resting, setResting] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setResting(false), restMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div class="stance-buttons">
      {choices.map(([stance, sign, word]) => (
        <button
          key={stance}
          type="button"
          class={`stance stance-${stance}`}
          disabled={resting}
          aria-pressed={chosen === null ? undefined : chosen === stance}
          onClick={() => onChoose(stance)}
        >
          <span class="stance-sign" aria-hidden="true">
            {sign}
          </span>
          {t(word)}
        </button>
      ))}
    </div>
  )
}
