import { createHash, randomBytes } from 'node:crypto'

/** What a link of a letter proves by: nobody guesses it. */
export const newToken = () => randomBytes(32).toString('base64url')
/** What is kept of it where the letter alone may hold the token itself. */
export const hashOfToken = (token: string) => createHash('sha256').update(token).digest('hex')

/** Whole addresses of this program's pages, for letters. */
export const addressesOn = (publicUrl: string | undefined) => (path: string) => new URL(path, publicUrl ?? 'http://localhost').href
