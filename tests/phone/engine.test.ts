import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { phoneScripts } from '../bench/phone.ts'

/** What engines of 2020 (Chromium 86, Safari 14) have not, by how it looks in a built script. Each was born in the version that stands beside it. */
const younger: [what: string, pattern: RegExp][] = [
  ['Object.hasOwn, Chromium 93', /\bObject\.hasOwn\(/],
  ['Array.prototype.at, 92', /\.at\(/],
  ['findLast, 97', /\.findLast(Index)?\(/],
  ['toSorted and its like, 110', /\.to(Sorted|Reversed|Spliced)\(/],
  ['structuredClone, 98', /\bstructuredClone\(/],
  ['crypto.randomUUID, 92 and only over HTTPS', /\bcrypto\.randomUUID\(/],
  ['AbortSignal.timeout and any, 103 and 116', /\bAbortSignal\.(timeout|any)\(/],
  ['Promise.withResolvers, 119', /\bPromise\.withResolvers\b/],
  ['Array.fromAsync, 121', /\bArray\.fromAsync\b/],
  ['showModal of a dialog, Safari 15.4', /\.showModal\(/],
  ['static blocks, 94', /\bstatic\s*\{/],
  ['looking behind in a regular expression, Safari 16.4', /\(\?<[=!]/],
]

const scripts = phoneScripts().map((file) => [basename(file), readFileSync(file, 'utf8')] as const)

test.each(younger)('the phone page does without %s', (_, pattern) => {
  for (const [name, text] of scripts) {
    const found = pattern.exec(text)
    expect(found && `${name}: …${text.slice(Math.max(0, found.index - 60), found.index + 60)}…`).toBeNull()
  }
})
