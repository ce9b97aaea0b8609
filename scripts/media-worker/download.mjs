import { chmod, mkdir, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { SetupError } from '../setup/failure.mjs'
import { run } from '../setup/process.mjs'
import { worksWithMediasoup } from './binary.mjs'
import { mediasoupVersion } from './cache.mjs'

const RELEASES = 'https://github.com/versatica/mediasoup/releases/download'
/** A closed network often drops packets silently: waiting longer than this for an answer only delays the build. */
const ANSWER_MS = 10_000
const WHOLE_MS = 90_000

/**
 * Tries mediasoup's own prebuilt binary, with the environment variables that its install script knows.
 * @param {{ dir: string, log: { line: (text: string) => void } }} options
 * @returns {Promise<string | undefined>} the binary's path inside `dir`, or nothing when it cannot be had or used
 */
export async function downloadWorker({ dir, log }) {
  if (process.env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) return undefined
  log.line("downloading mediasoup's prebuilt media worker")
  try {
    const binary = await unpack(dir, await fetchInTime(prebuiltUrl()))
    if (worksWithMediasoup(binary)) return binary
    log.line('the prebuilt media worker does not run on this system')
  } catch (error) {
    log.line(`the prebuilt media worker could not be downloaded (${reason(error)})`)
  }
  return undefined
}

/** The name as in mediasoup's npm-scripts.mjs. */
function prebuiltUrl() {
  const base = process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL || RELEASES
  const kernel = process.platform === 'linux' ? `-kernel${os.release().split('.')[0]}` : ''
  const version = mediasoupVersion()
  return `${base}/${version}/mediasoup-worker-${version}-${process.platform}-${process.arch}${kernel}.tgz`
}

async function fetchInTime(url) {
  const control = new AbortController()
  const abort = () => control.abort(new SetupError('no answer in time'))
  const whole = setTimeout(abort, WHOLE_MS)
  const answer = setTimeout(abort, ANSWER_MS)
  try {
    const response = await fetch(url, { signal: control.signal })
    clearTimeout(answer)
    if (!response.ok) throw new SetupError(`HTTP ${response.status}`)
    return Buffer.from(await response.arrayBuffer())
  } finally {
    clearTimeout(whole)
    clearTimeout(answer)
  }
}

async function unpack(dir, archive) {
  const target = path.join(dir, 'prebuilt')
  const file = path.join(target, 'worker.tgz')
  await mkdir(target)
  await writeFile(file, archive)
  await run('tar', ['-xzf', file, '-C', target], { what: 'tar' })
  const binary = path.join(target, 'mediasoup-worker')
  await chmod(binary, 0o755)
  return binary
}

const reason = (error) => error?.cause?.code ?? error?.cause?.message ?? error?.message ?? String(error)
