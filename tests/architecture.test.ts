import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
/** Each may use those before it; `app.ts` builds them in this order. */
const domains = [
  'cluster',
  'audit',
  'identity',
  'regions',
  'notifications',
  'webhooks',
  'meetings',
  'stations',
  'floor',
  'media',
  'recording',
  'chairing',
  'votes',
  'breakouts',
  'guard',
  'photos',
  'suggestions',
  'stances',
  'topics',
  'opinion',
  'polls',
  'stage',
  'stills',
  'minutes',
  'versions',
  'amendments',
  'signing',
  'clocks',
  'recommendations',
  'proposals',
  'conversations',
  'evaluations',
  'telling',
  'ledger',
  'exports',
  'outcomes',
]
const foundations = ['db', 'transport', 'storage', 'jobs']
const configFiles = /^[a-z]+\.config\.ts$/

const sources = globSync(['{shared,client,server,tests}/**/*.{ts,tsx}', '*.ts'], { cwd: root }).filter(
  (file) => !file.startsWith('client/dist/'),
)
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

const arrows = sources.flatMap((from) =>
  [...textOf(from).matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
    ([, target]) => [from, normalize(join(dirname(from), target!))] as const,
  ),
)

function isWrong([from, to]: readonly [string, string]): boolean {
  const [top, folder = ''] = from.split('/') as [string, string?]
  const [toTop, toFolder = ''] = to.split('/') as [string, string?]
  if (top === 'shared') return toTop !== 'shared'
  if (top === 'client') return toTop !== 'client' && toTop !== 'shared'
  if (top !== 'server') return false
  if (toTop !== 'server') return toTop !== 'shared'
  if (foundations.includes(folder)) return domains.includes(toFolder)
  if (domains.includes(folder) && domains.includes(toFolder)) return domains.indexOf(toFolder) > domains.indexOf(folder)
  // What is built on the domains: app.ts, main.ts, the trial, the command line.
  return domains.includes(folder) && ![...foundations, 'config.ts'].includes(toFolder)
}

test('every import points to what was there before', () => {
  expect(arrows.length).toBeGreaterThan(300)
  expect(arrows.filter(isWrong).map((arrow) => arrow.join(' → '))).toEqual([])
})

test.each([
  ['shared/floor.ts', 'server/floor/queue.ts'],
  ['client/room/Stage.tsx', 'server/config.ts'],
  ['server/transport/http.ts', 'server/meetings/service.ts'],
  ['server/db/db.ts', 'server/audit/schema.ts'],
  ['server/identity/service.ts', 'server/meetings/service.ts'],
  ['server/floor/service.ts', 'server/app.ts'],
  ['server/audit/service.ts', 'tests/support/app.ts'],
] as const)('an import from %s to %s would be found', (from, to) => {
  expect(isWrong([from, to])).toBe(true)
})

test('nothing is a default export or a barrel, but for configuration files', () => {
  const checked = sources.filter((file) => !configFiles.test(file) && !file.endsWith('.d.ts'))
  expect(checked.filter((file) => /^export default\b/m.test(textOf(file)))).toEqual([])
  expect(checked.filter((file) => /(^|\/)index\.tsx?$/.test(file))).toEqual([])
})

test("only the program's beginnings read the environment", () => {
  const mayRead = (file: string) => file === 'server/main.ts' || /^(server\/cli|tests)\//.test(file) || configFiles.test(file)
  expect(sources.filter((file) => !mayRead(file) && textOf(file).includes('process.env'))).toEqual([])
})
