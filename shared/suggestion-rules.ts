import type { ShownSuggestion, Suggestion } from './suggestions.ts'

// Rules that need no schema library, so that the phone page, which is too small to carry one, uses the same functions.

/** Whether the public may read it. */
export const isPublic = (suggestion: Pick<Suggestion, 'status'>) => suggestion.status === 'published' || suggestion.status === 'answered'

/** What most suggestions are; only what differs travels to the public. */
const usual = {
  agendaItemId: null,
  authorName: '',
  category: null,
  place: null,
  photoIds: [],
  status: 'published',
  pinned: false,
  supportCount: 1,
  mergedIntoId: null,
  answer: null,
} satisfies Omit<ShownSuggestion, 'id' | 'text' | 'createdAt' | 'version'>

export function shownSuggestion({ meetingId: _, via: _via, flags: _flags, hideReason: _reason, ...told }: Suggestion): ShownSuggestion {
  const isUsual = ([key, value]: [string, unknown]) =>
    key in usual && JSON.stringify(value) === JSON.stringify(usual[key as keyof typeof usual])
  const left = Object.entries(told).filter((entry) => !isUsual(entry))
  // Whatever has no usual value is still there.
  return Object.fromEntries(left) as ShownSuggestion
}

export const wholeSuggestion = (meetingId: string, shown: ShownSuggestion): Suggestion => ({
  ...usual,
  meetingId,
  hideReason: null,
  ...shown,
})

/** A receipt as it was typed, without dashes and spaces, in capitals and with look-alike letters read as Crockford's digits. */
export const readReceipt = (value: string) =>
  value
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')

export const receiptPattern = /^[0-9A-HJKMNP-TV-Z]{12}$/

/** A receipt in groups of four, as people read it to one another. */
export const formatReceipt = (receipt: string) => receipt.replace(/(.{4})(?=.)/g, '$1-')
