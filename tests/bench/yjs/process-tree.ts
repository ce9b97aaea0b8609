import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

type Stat = { pid: number; parent: number; cpuMs: number }

/** Fields of /proc/<pid>/stat after the name, which may hold anything; see proc(5). */
function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    // User and system time, and that of children which have ended.
    const ticks = [11, 12, 13, 14].reduce((sum, place) => sum + Number(fields[place]), 0)
    return { pid, parent: Number(fields[1]), cpuMs: (ticks * 1_000) / ticksPerSecond }
  } catch {
    return null
  }
}

/** A process with everything that it has started. */
function treeOf(pid: number): Stat[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []))
  const tree = all.filter((one) => one.pid === pid)
  for (const found of tree) tree.push(...all.filter((one) => one.parent === found.pid))
  return tree
}

/** CPU time of a process and everything that it has started, its database for one. Linux only. */
export const cpuMsOfTree = (pid: number) => treeOf(pid).reduce((sum, one) => sum + one.cpuMs, 0)

/** Memory of the process itself; see proc(5). Linux only. */
export function residentKiB(pid: number): number {
  const [, size] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
  return Number(size)
}
