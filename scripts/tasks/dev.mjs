import { dotEnvFlags } from '../setup/dotenv.mjs'
import { prepare } from '../setup/prepare.mjs'
import { startTogether } from '../setup/terminal.mjs'

/** `npm run dev`: the server, started again at each change, beside Vite's server, which passes requests on to it. */
export async function main(args) {
  await prepare({ mediaWorker: true })
  return startTogether([
    ['node', ['--watch', ...dotEnvFlags(), 'server/main.ts', ...args]],
    ['vite', []],
  ])
}
