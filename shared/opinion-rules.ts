// Rules that need no schema library, so that the phone page uses the same functions.

/** A, B, C … */
export const groupLetter = (groupId: number) => String.fromCharCode(65 + groupId)

/** How many kinds of mark and colour there are to tell groups apart; a letter stands beside each. */
export const groupMarks = 5
