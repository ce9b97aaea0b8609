import { isPublic, type Suggestion } from '../../shared/suggestions.ts'
import { useSuggestions } from '../suggestions/useSuggestions.ts'

/** The suggestion that is being discussed, as it reads now; nothing once it is hidden or merged. */
export function useDiscussed(meetingId: string, suggestionId: string | null): Suggestion | null {
  const { byId } = useSuggestions(meetingId)
  const suggestion = suggestionId ? byId.get(suggestionId) : undefined
  return suggestion && isPublic(suggestion) ? suggestion : null
}
