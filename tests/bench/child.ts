import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** The first line of JSON that a program prints. */
export async function firstWord<T>(child: ChildProcess): Promise<T> {
  const lines = createInterface({ input: child.stdout! })
  for await (const line of lines) if (line.startsWith('{')) return JSON.parse(line) as T
  throw new Error('a server of the bench did not start')
}

export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}
