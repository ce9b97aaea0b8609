/** @jsxImportSource preact */
import type { Suggestion } from '../../../shared/suggestions.ts'
import { usePhone } from '../preferences.tsx'
import type { Voice } from './voice.ts'

export type Supporting = { voice: Voice; live: boolean; mine: ReadonlySet<string> }

/** Supports a suggestion with one tap, and takes it back with another. Authors count already. */
export function SupportButton({ suggestion, voice, mine, live }: Supporting & { suggestion: Suggestion }) {
  const { t } = usePhone()
  const { id, supportCount } = suggestion
  const pressed = voice.supported(id)
  if (mine.has(id) || !live) return <p class="supporters">{t('support.count', { count: supportCount })}</p>
  return (
    <button type="button" class="support" aria-pressed={pressed} onClick={() => voice.support(id, !pressed)}>
      <span aria-hidden="true">{pressed ? '▲' : '△'}</span> {t(pressed ? 'support.given' : 'support.give')}{' '}
      <span class="support-count">{supportCount}</span>
      <span class="unseen">{t('support.people')}</span>
    </button>
  )
}
