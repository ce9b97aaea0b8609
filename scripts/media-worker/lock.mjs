import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'

const BEAT_MS = 5_000
/** Also frees a lock whose holder was killed in another container that shares the folder. */
const STALE_MS = 60_000

/**
 * Runs `work` while no other process on this folder runs it under the same lock file.
 * @template T
 * @param {string} file
 * @param {{ onWait: () => void, work: () => Promise<T> }} options
 * @returns {Promise<T>}
 */
export async function withLock(file, { onWait, work }) {
  if (!take(file)) {
    onWait()
    while (!take(file)) await pause(500)
  }
  const release = () => rmSync(file, { force: true })
  const beat = setInterval(() => utimesSync(file, new Date(), new Date()), BEAT_MS)
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    process.off('exit', release)
    release()
  }
}

function take(file) {
  try {
    writeFileSync(file, `${os.hostname()} ${process.pid}`, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (isStale(file)) discard(file)
    return false
  }
}

function isStale(file) {
  try {
    const [host, pid] = readFileSync(file, 'utf8').split(' ')
    return Date.now() - statSync(file).mtimeMs > STALE_MS || (host === os.hostname() && pid && !isAlive(Number(pid)))
  } catch {
    return false
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Of two processes that find the same stale lock, only one gets to move it away. */
function discard(file) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    rmSync(aside, { force: true })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}
