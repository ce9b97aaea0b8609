import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { ensureSystemPackages } from '../setup/debian.mjs'
import { ask, hasCommand, run } from '../setup/process.mjs'
import { prepareSource } from './source.mjs'

const tool = (name, command = name) => ({ name, isPresent: () => hasCommand(command) })
const library = (name, pkgConfigName) => ({ name, isPresent: () => ask('pkg-config', ['--exists', pkgConfigName]).ok })

/** Debian's names; elsewhere they say well enough what is meant. */
const needed = [
  tool('meson'),
  tool('ninja-build', 'ninja'),
  tool('pkg-config'),
  tool('g++'),
  tool('flatbuffers-compiler', 'flatc'),
  library('libuv1-dev', 'libuv'),
  library('libssl-dev', 'openssl'),
  library('libsrtp2-dev', 'libsrtp2'),
  library('libabsl-dev', 'absl_flat_hash_map'),
  library('libflatbuffers-dev', 'flatbuffers'),
]

/**
 * Builds the worker from the npm package's source: 2 to 3 minutes on two cores.
 * @param {{ dir: string, logFile: string, log: ReturnType<typeof import('../setup/progress.mjs').createLog> }} options
 * @returns {Promise<string>} the binary's path inside `dir`
 */
export async function buildWorker({ dir, logFile, log }) {
  await ensureSystemPackages(needed, { why: 'to build the media worker', log })
  log.line(`building the media worker from source, once for this machine (about 3 minutes; log: ${logFile})`)
  const source = path.join(dir, 'worker')
  await prepareSource(source)
  const file = createWriteStream(logFile)
  const step = (command, args, onLine = () => {}) =>
    run(command, args, {
      cwd: source,
      what: `The media worker's build (log: ${logFile})`,
      onLine: (line) => {
        file.write(`${line}\n`)
        onLine(line)
      },
    })
  try {
    await step('meson', [
      'setup',
      'build',
      '--buildtype',
      'release',
      '-Db_ndebug=true',
      '--wrap-mode=nodownload',
      '--unity',
      'on',
      '--unity-size',
      '8',
    ])
    await step('ninja', ['-C', 'build', 'mediasoup-worker'], (line) => {
      const [, done, total] = /^\[(\d+)\/(\d+)\]/.exec(line) ?? []
      if (total) log.progress('building the media worker', Number(done), Number(total))
    })
  } finally {
    file.end()
  }
  return path.join(source, 'build', 'mediasoup-worker')
}
