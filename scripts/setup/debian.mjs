import process from 'node:process'
import { SetupError } from './failure.mjs'
import { hasCommand, run } from './process.mjs'

/**
 * Makes sure that programs and libraries of the system are there: installs Debian's packages when we may, and says
 * what to install when we may not.
 * @param {{ name: string, isPresent: () => boolean }[]} needed names are Debian's package names
 * @param {{ why: string, log: { line: (text: string) => void } }} options
 * @throws {SetupError}
 */
export async function ensureSystemPackages(needed, { why, log }) {
  const missing = absent(needed)
  if (missing.length === 0) return
  if (!hasCommand('apt-get'))
    throw new SetupError(
      `Missing ${why}: ${missing.join(', ')} (Debian's names). Install them with your system's package manager and run this again.`,
    )
  if (process.getuid?.() !== 0)
    throw new SetupError(`Missing ${why}. Run: sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`)

  log.line(`installing from Debian's packages ${why}: ${missing.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update'], { env, what: 'apt-get update' })
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...missing], { env, what: `apt-get install ${missing.join(' ')}` })

  const still = absent(needed)
  if (still.length > 0) throw new SetupError(`apt-get installed ${still.join(', ')}, yet it cannot be found ${why}.`)
}

const absent = (needed) => needed.filter((one) => !one.isPresent()).map((one) => one.name)
