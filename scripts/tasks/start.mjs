import { dotEnvFlags, loadDotEnv } from '../setup/dotenv.mjs'
import { node24Path } from '../setup/paths.mjs'
import { prepare } from '../setup/prepare.mjs'
import { handOver } from '../setup/terminal.mjs'

/** `npm start`: makes ready what is missing, then becomes the server. */
export async function main(args) {
  loadDotEnv()
  await prepare({ mediaWorker: true, client: true })
  return handOver(node24Path, [...dotEnvFlags(), 'server/main.ts', ...args], { ownGroup: true })
}
