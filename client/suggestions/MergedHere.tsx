import { useTranslation } from 'react-i18next'
import type { Suggestion } from '../../shared/suggestions.ts'
import { UnmergeButton } from './UnmergeButton.tsx'
import type { Suggestions } from './useSuggestions.ts'

type Props = { suggestion: Suggestion; suggestions: Suggestions; mayModerate: boolean }

/** What was merged into a suggestion, each with a way back. */
export function MergedHere({ suggestion, suggestions, mayModerate }: Props) {
  const { t } = useTranslation()
  const merged = suggestions.list?.filter(({ mergedIntoId }) => mergedIntoId === suggestion.id) ?? []
  if (merged.length === 0) return null
  return (
    <details className="merged-here">
      <summary>{t('suggestions.mergedHere', { count: merged.length })}</summary>
      <ul className="plain-list">
        {merged.map(({ id, authorName, text }) => (
          <li key={id}>
            <p className="pre">
              <span className="soft">{authorName || t('suggestions.anonymous')}</span> {text}
            </p>
            {mayModerate && <UnmergeButton suggestionId={id} onDone={suggestions.put} />}
          </li>
        ))}
      </ul>
    </details>
  )
}
