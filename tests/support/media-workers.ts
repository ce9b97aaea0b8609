import { readdirSync, readFileSync } from 'node:fs'

/** The media worker processes of this very process. */
export const mediaWorkers = (): number[] =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => statusOf(pid).includes(`\nPPid:\t${process.pid}\n`) && statusOf(pid).startsWith('Name:\tmediasoup-worke'))
    .map(Number)

function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}
