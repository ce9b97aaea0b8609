import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settings } from '../server/config.ts'

const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name!)

test('.env.example lists every setting and no other', () => {
  expect(found(read('.env.example'), /^([A-Z][A-Z0-9_]+)=/gm).sort()).toEqual(Object.keys(settings).sort())
})

test.each(['README.md', 'README.zh-CN.md'])('%s names every setting', (file) => {
  const named = found(read(file), /`([A-Z][A-Z0-9_]+)`/g)
  expect(Object.keys(settings).filter((name) => !named.includes(name))).toEqual([])
})

const documents = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'docs/architecture.md',
  'docs/minutes.md',
  'docs/moderating.md',
  'CHANGELOG.md',
]

test.each(documents)('the npm scripts in %s exist', (file) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  expect(found(read(file), /npm run ([a-z:]+)/g).filter((name) => !(name in scripts))).toEqual([])
})

test.each(documents)('the links of %s lead somewhere', (file) => {
  const links = found(read(file), /(?<!!)\[[^\]]*\]\((?!https?:)([^)#]+)/g)
  expect(links.filter((link) => !existsSync(join(root, file, '..', link)))).toEqual([])
})

test.each(['README.md', 'docs/architecture.md'])('the folders named in %s exist', (file) => {
  const folders = found(read(file), /`((?:shared|server|client|tests|scripts)\/[\w/.-]*)`/g)
  expect(folders.filter((folder) => !existsSync(join(root, folder)))).toEqual([])
})
