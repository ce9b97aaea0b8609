import process from 'node:process'
import { inProject, node24Path } from '../setup/paths.mjs'
import { ask, isExecutable } from '../setup/process.mjs'

/** The worker's own exit code for "not started by mediasoup": it shows that the binary finds its libraries. */
const NOT_STARTED_BY_MEDIASOUP = 41

/** Whether the file is a worker that this machine can run; some milliseconds. */
export const runsHere = (binary) => isExecutable(binary) && ask(binary, [], { env: {} }).code === NOT_STARTED_BY_MEDIASOUP

/** Whether the installed mediasoup can work with the binary; some tenths of a second. */
export const worksWithMediasoup = (binary) =>
  runsHere(binary) && ask(node24Path, [inProject('scripts', 'media-worker', 'probe.mjs'), binary], { timeout: 10_000, env: process.env }).ok
