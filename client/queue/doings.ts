import { isOpen, isToBeLookedAt, type Suggestion } from '../../shared/suggestions.ts'

export type Doing = 'publish' | 'keep' | 'answer' | 'merge' | 'hide' | 'pin' | 'discuss' | 'bar' | 'takeOver' | 'reopen'

/** In the order of the buttons. */
export const decisionsOffered = ['publish', 'keep', 'answer', 'merge', 'pin', 'discuss', 'reopen', 'hide', 'bar'] as const satisfies Doing[]

/** What makes sense with a suggestion in its state; while somebody else works on it, only taking it over. */
export function mayDo(doing: Doing, suggestion: Suggestion, taken: boolean): boolean {
  if (taken || doing === 'takeOver') return taken && doing === 'takeOver'
  switch (doing) {
    case 'publish':
      return suggestion.status === 'pending'
    case 'keep':
      return suggestion.status === 'published' && isToBeLookedAt(suggestion)
    case 'discuss':
      return isOpen(suggestion) && suggestion.status !== 'pending'
    case 'reopen':
      return suggestion.status !== 'pending'
    case 'bar':
      return true
    case 'answer':
    case 'merge':
    case 'hide':
    case 'pin':
      return isOpen(suggestion)
  }
}
