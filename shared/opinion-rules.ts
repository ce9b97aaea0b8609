// Rules that need no schema library, so that the phone page uses the same functions.

/** A, B, C … */
export const groupLetter = (groupId: number) => String.fromCharCode(65 + groupId)

/** Who has given at least so many votes is placed; where there are fewer suggestions, who voted on all of them (Pol.is, `in-conv`). */
export const votesToBePlaced = 7
