import { prepare } from '../setup/prepare.mjs'
import { handOver } from '../setup/terminal.mjs'
import { main as test } from './test.mjs'

/** `npm run check`: types, lint, tests; the first that fails ends it. */
export async function main(args) {
  await prepare({})
  return (await handOver('tsc', ['--noEmit'])) || (await handOver('biome', ['check'])) || test(args)
}
