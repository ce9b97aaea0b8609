/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import type { Suggestion } from '../../../shared/suggestions.ts'
import { usePhone } from '../preferences.tsx'
import { LongText } from '../ui/LongText.tsx'
import { Facts } from '../voice/Facts.tsx'

/** The suggestion that the hall talks about at this moment. */
export function Discussed({ suggestion, children }: { suggestion: Suggestion; children: ComponentChildren }) {
  const { t } = usePhone()
  return (
    <section class="card discussed" aria-labelledby="discussed-title">
      <h2 id="discussed-title" class="now-place">
        {t('meeting.discussed')}
      </h2>
      <LongText text={suggestion.text} />
      <Facts suggestion={suggestion} />
      {children}
    </section>
  )
}
