import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * The files of a folder and its subfolders, or the file itself, always in the same order; none when it is absent.
 * @param {string} start
 * @param {string[]} [except] paths to leave out, with everything below them
 * @returns {string[]}
 */
export function filesUnder(start, except = []) {
  if (except.includes(start) || !existsSync(start)) return []
  if (!statSync(start).isDirectory()) return [start]
  return readdirSync(start)
    .sort()
    .flatMap((name) => filesUnder(path.join(start, name), except))
}

/** One hash of the names and contents of files: a checkout that only changes times does not change it. */
export function contentHash(files, root) {
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}

/** A file's text, or the empty string when there is no such file. */
export const readIfAny = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')
