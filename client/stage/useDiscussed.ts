import { isPublic, type Suggestion } from '../../shared/suggestions.ts'
import { useSuggestions } from '../suggestions/useSuggestions.ts'

/** The suggestion that is being discussed, as it reads now: what it was merged into, nothing once it is hidden. */
export function useDiscussed(meetingId: string, suggestionId: string | null): Suggestion | null {
  const { byId } = useSuggestions(meetingId)
  const shown = suggestionId ? byId.get(suggestionId) : undefined
  const suggestion = shown?.mergedIntoId ? byId.get(shown.mergedIntoId) : shown
  return suggestion && isPublic(suggestion) ? suggestion : null
}
