import { randomBytes } from 'node:crypto'

/** Crockford's base 32: no I, L, O or U, so that nothing is misread or misheard. https://www.crockford.com/base32.html */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `length` random characters, five bits each. */
export const randomCode = (length: number) => Array.from(randomBytes(length), (byte) => alphabet[byte % 32]).join('')
