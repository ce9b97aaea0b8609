import { readdirSync, readFileSync } from 'node:fs'

/** Of /proc/<pid>/stat after the name, which may hold anything; see proc(5). */
function parentOf(pid: number): number | null {
  const text = contentOf(`/proc/${pid}/stat`)
  return text === null ? null : Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1])
}

/** Null once the process has ended. */
function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** A process with everything that it has started. */
function treeOf(pid: number): number[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [{ pid: Number(name), parent: parentOf(Number(name)) }] : []))
  const tree = [pid]
  for (const found of tree) tree.push(...all.filter((one) => one.parent === found).map((one) => one.pid))
  return tree
}

/** The time of all threads on a core, which the scheduler counts in nanoseconds. */
function cpuMs(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    return threads.reduce((sum, thread) => sum + Number((contentOf(`/proc/${pid}/task/${thread}/schedstat`) ?? '0').split(' ')[0]) / 1e6, 0)
  } catch {
    return 0
  }
}

/** CPU time of a process and everything that it has started, its database for one. Linux only. */
export const cpuMsOfTree = (pid: number) => treeOf(pid).reduce((sum, one) => sum + cpuMs(one), 0)

/** Memory of the process itself; see proc(5). Linux only. */
export function residentKiB(pid: number): number {
  const [, size] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
  return Number(size)
}
