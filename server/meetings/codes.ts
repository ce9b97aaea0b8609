import { randomBytes } from 'node:crypto'

/** Crockford's base 32: no I, L, O or U, so that nothing is misread or misheard. https://www.crockford.com/base32.html */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code says by its length what it leads to, so that codes of different things are never the same. Five bits a character. */
export const codeLengths = { meeting: 6, site: 7, station: 8 } as const

/** `length` random characters, five bits each. */
export const randomCode = (length: number) => Array.from(randomBytes(length), (byte) => alphabet[byte % 32]).join('')
