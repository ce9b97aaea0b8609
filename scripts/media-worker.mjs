import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { runsHere, worksWithMediasoup } from './media-worker/binary.mjs'
import { buildWorker } from './media-worker/build.mjs'
import { mediasoupVersion, workerName } from './media-worker/cache.mjs'
import { downloadWorker } from './media-worker/download.mjs'
import { withLock } from './media-worker/lock.mjs'
import { SetupError } from './setup/failure.mjs'
import { cacheDir } from './setup/paths.mjs'

/**
 * Finds, downloads or builds the mediasoup worker that fits the installed mediasoup and this machine.
 * @param {{ log: ReturnType<typeof import('./setup/progress.mjs').createLog> }} options
 * @returns {Promise<string>} the path for MEDIASOUP_WORKER_BIN
 * @throws {SetupError}
 */
export async function ensureMediaWorker({ log }) {
  if (process.env.MEDIASOUP_WORKER_BIN) return ownBinary(process.env.MEDIASOUP_WORKER_BIN)
  const binary = path.join(cacheDir(), workerName())
  if (runsHere(binary)) return binary
  makeCacheDir()
  return withLock(`${binary}.lock`, {
    onWait: () => log.line('another start is getting the media worker; waiting for it'),
    work: async () => {
      if (!runsHere(binary)) await provide(binary, log)
      return binary
    },
  })
}

/** Checked once, until the file or mediasoup changes: a binary of another version would hang the server. */
function ownBinary(binary) {
  if (!existsSync(binary)) throw new SetupError(`MEDIASOUP_WORKER_BIN is ${binary}, but there is no such file.`)
  const { size, mtimeMs } = statSync(binary)
  const id = createHash('sha256')
    .update([path.resolve(binary), size, mtimeMs, mediasoupVersion()].join('\0'))
    .digest('hex')
  const mark = path.join(cacheDir(), `checked-${id.slice(0, 16)}`)
  if (existsSync(mark) && runsHere(binary)) return binary
  if (!worksWithMediasoup(binary))
    throw new SetupError(
      `MEDIASOUP_WORKER_BIN is ${binary}, but mediasoup ${mediasoupVersion()} cannot work with it. Unset it, or point it to a worker of that version.`,
    )
  makeCacheDir()
  writeFileSync(mark, '')
  return binary
}

async function provide(binary, log) {
  removeLeftovers(binary)
  const dir = mkdtempSync(`${binary}.build-`)
  const clean = () => rmSync(dir, { recursive: true, force: true })
  process.once('exit', clean)
  try {
    const made = (await downloadWorker({ dir, log })) ?? (await buildWorker({ dir, logFile: `${binary}.log`, log }))
    if (!worksWithMediasoup(made))
      throw new SetupError(`The media worker was built, but mediasoup cannot work with it (log: ${binary}.log).`)
    // Only a whole file ever gets the name that others look for.
    renameSync(made, binary)
    log.line('the media worker is ready')
  } finally {
    process.off('exit', clean)
    clean()
  }
}

/** What a killed build left behind; we hold the lock, so nobody is using it. */
function removeLeftovers(binary) {
  for (const name of readdirSync(cacheDir())) {
    if (name.startsWith(`${path.basename(binary)}.build-`)) rmSync(path.join(cacheDir(), name), { recursive: true, force: true })
  }
}

function makeCacheDir() {
  try {
    mkdirSync(cacheDir(), { recursive: true })
  } catch (error) {
    throw new SetupError(`The folder ${cacheDir()} cannot be made (${error.code}). Set XDG_CACHE_HOME to a folder that can be written.`)
  }
}
