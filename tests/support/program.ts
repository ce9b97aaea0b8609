import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { inject } from 'vitest'
import { eventually } from './eventually.ts'

export { freePort } from './ports.ts'

const root = join(import.meta.dirname, '../..')

export const trialPassword = 'the trial password'

export type Program = Awaited<ReturnType<typeof startProgram>>

type Options = { dataDir: string; port: number; env?: Record<string, string> }

/** The program as `npm start` runs it, with the trial and its own embedded database, ready to serve. */
export async function startProgram(options: Options) {
  const program = spawnProgram(options)
  await eventually(
    async () => {
      if (program.hasEnded()) throw new Error(`The program ended:\n${program.output()}`)
      return (await fetch(`${program.url}/readyz`)).ok
    },
    { timeoutMs: 60_000, everyMs: 50 },
  ).catch(async (error: unknown) => {
    await program.stop()
    throw error
  })
  return program
}

/** The same, from its first moment on. */
export function spawnProgram({ dataDir, port, env = {} }: Options) {
  const child: ChildProcess = spawn(process.execPath, [join(root, 'server/main.ts')], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      MEDIA_PORT: '0',
      MEDIA_WORKERS: '1',
      MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1',
      MEDIASOUP_WORKER_BIN: inject('mediaWorkerBinary'),
      TRIAL_PASSWORD: trialPassword,
      ADMIN_PASSWORD: trialPassword,
      SIGN_IN_ATTEMPTS_PER_MINUTE: '1000',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => output.push(text.toString()))
  const url = `http://127.0.0.1:${port}`
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const end = async (signal: NodeJS.Signals) => {
    if (!hasEnded()) {
      child.kill(signal)
      await once(child, 'exit')
    }
    return { code: child.exitCode, signal: child.signalCode }
  }
  return { url, hasEnded, output: () => output.join(''), kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}
