import { writeFileSync } from 'node:fs'
import { SetupError } from './failure.mjs'
import { contentHash, filesUnder, readIfAny } from './files.mjs'
import { inProject, projectDir } from './paths.mjs'
import { projectEnv, run } from './process.mjs'

const distDir = inProject('client', 'dist')
const markFile = inProject('client', 'dist', '.built-from')
const sources = ['client', 'shared', 'vite.config.ts', 'tsconfig.json', 'package-lock.json']

/**
 * Builds the client unless `client/dist` was built from exactly these sources.
 * @throws {SetupError}
 */
export async function ensureClient({ log }) {
  const files = sources.flatMap((name) => filesUnder(inProject(name), [distDir]))
  const wanted = contentHash(files, projectDir)
  if (readIfAny(markFile) === wanted) return
  log.line('building the client')
  await buildOnce()
  writeFileSync(markFile, wanted)
}

async function buildOnce() {
  const lines = []
  try {
    await run('node', ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
      env: projectEnv(),
      what: 'vite build',
      onLine: (line) => lines.push(line),
    })
  } catch (error) {
    // Here the reader is the programmer whose code does not build: the whole report, not its gist.
    throw new SetupError(`The client does not build.\n${lines.join('\n')}\n${error.message}`)
  }
}
