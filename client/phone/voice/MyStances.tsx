/** @jsxImportSource preact */
import type { Stance, StanceCounts } from '../../../shared/stances.ts'
import type { Suggestion } from '../../../shared/suggestions.ts'
import { usePhone } from '../preferences.tsx'
import { signOf } from './StanceButtons.tsx'
import type { Voice } from './voice.ts'

type Props = { voice: Voice; onChange: ((one: { suggestion: Suggestion; stance: Stance }) => void) | null }

/** What I said of each, and what the others say once I have judged enough. */
export function MyStances({ voice, onChange }: Props) {
  const { t } = usePhone()
  const { given, mine } = voice.state()
  const open = (event: Event) => {
    if ((event.currentTarget as HTMLDetailsElement).open) void voice.readMine()
  }
  return (
    <details class="card my-stances" onToggle={open}>
      <summary>{t('cards.mine', { count: given })}</summary>
      {!mine && <p class="soft">{t('page.loading')}</p>}
      {mine && mine.given < mine.needed && <p class="note">{t('cards.needed', { count: mine.needed - mine.given })}</p>}
      <ul class="plain">
        {mine?.stances.map(({ suggestion, stance, counts }) => (
          <li key={suggestion.id}>
            <p class="words clamp">{suggestion.text}</p>
            {counts && <Bar counts={counts} />}
            <p class="item-foot">
              <span class={`tag tag-${stance}`}>
                <span aria-hidden="true">{signOf(stance)}</span> {t('cards.said', { stance: t(`cards.${stance}`) })}
              </span>
              {onChange && (
                <button type="button" class="unfold" onClick={() => onChange({ suggestion, stance })}>
                  {t('cards.again')}
                </button>
              )}
            </p>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Bar({ counts: { agrees, disagrees, passes } }: { counts: StanceCounts }) {
  const { t } = usePhone()
  return (
    <>
      <div class="bar-of-stances" aria-hidden="true">
        {agrees > 0 && <span class="part-agree" style={{ flexGrow: agrees }} />}
        {disagrees > 0 && <span class="part-disagree" style={{ flexGrow: disagrees }} />}
        {passes > 0 && <span class="part-pass" style={{ flexGrow: passes }} />}
      </div>
      <p class="small">{t('cards.counts', { agrees, disagrees, passes })}</p>
    </>
  )
}
