import { readdir, readFile } from 'node:fs/promises'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'

const stepMs = 50
const patienceSteps = 100

/** Ends a writer of this file that has outlived the program, so that the file is closed before it is mended. Linux only; elsewhere it ends by itself. */
export async function endWriterOf(path: string) {
  const pids = await writersOf(path)
  for (const pid of pids) signal(pid, 'SIGINT')
  for (let step = 0; step < patienceSteps; step++) {
    if (!pids.some((pid) => signal(pid, 0))) return
    await delay(stepMs)
  }
}

async function writersOf(path: string): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return pids.filter((_, index) => lines[index]!.split('\0').includes(path)).map(Number)
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
