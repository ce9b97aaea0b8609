import type { Suggestion } from './suggestions.ts'

// Rules that need no schema library, so that the phone page, which is too small to carry one, uses the same functions.

/** Whether the public may read it. */
export const isPublic = (suggestion: Pick<Suggestion, 'status'>) => suggestion.status === 'published' || suggestion.status === 'answered'

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
