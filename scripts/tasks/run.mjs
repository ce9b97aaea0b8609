import { existsSync, readdirSync } from 'node:fs'
import { dotEnvFlags, loadDotEnv } from '../setup/dotenv.mjs'
import { SetupError } from '../setup/failure.mjs'
import { inProject, node24Path } from '../setup/paths.mjs'
import { prepare } from '../setup/prepare.mjs'
import { handOver } from '../setup/terminal.mjs'
import { main as check } from './check.mjs'
import { main as dev } from './dev.mjs'

/** A program of `server/cli/`, under the project's Node and with the terminal to itself. */
const cli = (name) => async (args) => {
  await prepare({})
  return handOver(node24Path, [...dotEnvFlags(), `server/cli/${name}.ts`, ...args])
}

async function bench([name, ...args]) {
  const known = benchNames()
  if (!known.includes(name))
    throw new SetupError(`npm run bench -- <name>, where the name is one of: ${known.join(', ') || '(there are none yet)'}`)
  await prepare({ mediaWorker: true, client: true })
  return handOver(node24Path, [`tests/bench/${name}.bench.ts`, ...args])
}

function benchNames() {
  const dir = inProject('tests', 'bench')
  const files = existsSync(dir) ? readdirSync(dir) : []
  return files.filter((file) => file.endsWith('.bench.ts')).map((file) => file.slice(0, -'.bench.ts'.length))
}

async function generateMigration(args) {
  await prepare({})
  return handOver('drizzle-kit', ['generate', ...args])
}

const tasks = {
  bench,
  check,
  dev,
  'audit:verify': cli('audit-verify'),
  'db:generate': generateMigration,
  'db:shell': cli('db-shell'),
  opinion: cli('opinion'),
  password: cli('password'),
  'regions:import': cli('regions-import'),
  verify: cli('verify'),
}

/** `npm run <task>`: the smaller scripts of package.json. */
export async function main([task, ...args]) {
  const start = Object.hasOwn(tasks, task ?? '') ? tasks[task] : undefined
  if (!start) throw new SetupError(`There is no task ${task ?? ''}. The tasks: ${Object.keys(tasks).join(', ')}`)
  loadDotEnv()
  return start(args)
}
