import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { SetupError } from './failure.mjs'
import { inProject, node24Path } from './paths.mjs'
import { ask, run } from './process.mjs'

const packageDir = inProject('node_modules', 'node')

/**
 * Runs the install step of the npm package `node`, which fetches the real binary as another npm package, and links
 * `node_modules/.bin/node` to it, as npm would have done had it been there at install time.
 * @throws {SetupError}
 */
export async function ensureNode24({ log }) {
  if (isNode24()) return
  log.line('fetching Node 24')
  await run(anyNode(), ['installArchSpecificPackage.js'], {
    cwd: packageDir,
    what: 'Fetching Node 24 from the npm registry',
    env: { ...process.env, npm_config_loglevel: 'error', npm_config_audit: 'false', npm_config_fund: 'false' },
  })
  linkBinary()
  if (!isNode24())
    throw new SetupError(`Node 24 was fetched, but ${node24Path} does not run: ${ask(node24Path, ['-v']).output || 'no such file'}`)
}

/** `npm ci` has just deleted the Node that runs us, if that was the project's own. */
const anyNode = () => (existsSync(process.execPath) ? process.execPath : 'node')

const isNode24 = () => existsSync(node24Path) && /^v(2[4-9]|[3-9]\d)\./.test(ask(node24Path, ['-v']).output)

function linkBinary() {
  mkdirSync(path.dirname(node24Path), { recursive: true })
  rmSync(node24Path, { force: true })
  symlinkSync(path.join('..', 'node', 'bin', 'node'), node24Path)
}
