import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { queue as en } from '../../client/i18n/en/queue.ts'
import { queueKeys } from '../../client/queue/keys.ts'

test('the manual names every key of the queue, with the words that the screen has for it', () => {
  const manual = readFileSync(new URL('../../docs/moderating.md', import.meta.url), 'utf8')
  const named = [...manual.matchAll(/^\| `(.+)` \| (.+) \|$/gm)].map(([, key, does]) => [key, does])
  expect(named).toEqual([...Object.entries(queueKeys).map(([key, action]) => [key, en.key[action]]), ['Ctrl ↵', en.key.confirm]])
})
