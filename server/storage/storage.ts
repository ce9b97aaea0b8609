import type { Readable } from 'node:stream'

/** What is put has its length known beforehand, as S3 asks for: bytes at hand, or a file of this computer, which is left where it is. */
export type Content = Uint8Array | { path: string }

/** The first and the last byte that are wanted, counted from 0. */
export type ByteRange = { start: number; end: number }

/** Files that are kept outside the database, by a key such as `photos/<id>.jpg`. */
export type Storage = {
  /** Keeps it under the key, whole or not at all, and gives its size. What stood there before is replaced. */
  put(key: string, content: Content): Promise<number>
  /** Null when there is nothing under the key. A range must lie within the file. */
  get(key: string, range?: ByteRange): Promise<{ body: Readable; bytes: number } | null>
  size(key: string): Promise<number | null>
  /** Does nothing when there is nothing under the key. */
  delete(key: string): Promise<void>
}

const keyPattern = /^[a-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/

/** Keys are made by the program, never by a client; this is for the day that one of them is not. @throws Error for any other. */
export function checkedKey(key: string): string {
  if (key.length > 200 || !keyPattern.test(key)) throw new Error(`not a key of the storage: ${JSON.stringify(key.slice(0, 200))}`)
  return key
}
