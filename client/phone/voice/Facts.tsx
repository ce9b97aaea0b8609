/** @jsxImportSource preact */
import type { Suggestion } from '../../../shared/suggestions.ts'
import { usePhone } from '../preferences.tsx'
import { categoryName } from './categories.ts'

/** What a suggestion is filed under and where it is about. */
export function Facts({ suggestion: { category, place } }: { suggestion: Pick<Suggestion, 'category' | 'place'> }) {
  const { t } = usePhone()
  if (!category && !place) return null
  return <p class="soft small facts">{[category && categoryName(category, t), place].filter(Boolean).join(' · ')}</p>
}
