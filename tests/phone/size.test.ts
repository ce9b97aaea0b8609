import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

type Chunk = { file: string; imports?: string[]; dynamicImports?: string[] }

const built = new URL('../../client/dist/', import.meta.url)
const mostBytes = 60_000

test('the phone page loads at most 60 kB of JavaScript, compressed', () => {
  const files = [...scriptsOf('phone.html')]
  expect(files.length).toBeGreaterThan(0)
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, built))).length, 0)
  expect(bytes).toBeLessThanOrEqual(mostBytes)
})

/** The files of an entry and of all that it imports, now or later. */
function scriptsOf(entry: string): Set<string> {
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', built), 'utf8')) as Record<string, Chunk>
  const files = new Set<string>()
  const visit = (name: string) => {
    const chunk = manifest[name]
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(next)
  }
  visit(entry)
  return files
}
