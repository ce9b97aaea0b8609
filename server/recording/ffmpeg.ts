import { type ChildProcess, spawn } from 'node:child_process'
import { rename, rm } from 'node:fs/promises'
import type { Logger } from 'pino'

type Deps = { binary: string; log: Logger }

/** What a run of ffmpeg came to: `seconds` that it has written, null when it wrote nothing. */
export type Outcome = { ok: boolean; seconds: number | null }
export type Writer = {
  /** Called when the first packets are in the file. */
  onStart(listener: () => void): void
  ended: Promise<Outcome>
  /** Ends the file as it should be ended. */
  stop(): Promise<Outcome>
}

/** A file is closed within some tenths of a second; one that is not is given up. */
const stopLimitMs = 10_000
/** Sound may be silent for long: pictures are not kept back for it in memory, where a crash would lose them. */
const interleaveLimitUs = 1_000_000
/** So long it waits for the first picture, which says how large pictures are; what comes meanwhile is kept. */
const analyseUs = '8000000'

export type Ffmpeg = ReturnType<typeof createFfmpeg>

/** The program that turns packets into files. It copies; it never encodes. */
export function createFfmpeg({ binary, log }: Deps) {
  let known: Promise<boolean> | undefined

  const look = async () => (await outcomeOf(run(['-version']))).ok

  function run(args: string[]): ChildProcess {
    const child = spawn(binary, ['-hide_banner', ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
    // It may end before it has read all.
    child.stdin!.on('error', () => {})
    child.on('error', (error) => log.debug({ err: error }, 'ffmpeg did not start'))
    return child
  }

  /** Reads the progress that ffmpeg tells as `key=value` lines. */
  function outcomeOf(child: ChildProcess, onProgress: (seconds: number) => void = () => {}): Promise<Outcome> {
    let seconds: number | null = null
    let words = ''
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      for (const [, us] of text.matchAll(/^out_time_us=(\d+)/gm)) {
        seconds = Number(us) / 1_000_000
        onProgress(seconds)
      }
    })
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-2_000)
    })
    return new Promise((resolve) => {
      child.once('error', () => resolve({ ok: false, seconds: null }))
      child.once('close', (code, signal) => {
        if (words) log.debug({ words, code, signal }, 'ffmpeg said')
        resolve({ ok: code === 0 || code === 255, seconds })
      })
    })
  }

  return {
    /** Whether it can be run here. What was missing may have been installed meanwhile: only a yes is remembered. */
    async available(): Promise<boolean> {
      known ??= look()
      const yes = await known
      if (!yes) known = undefined
      return yes
    },

    /** Writes what arrives at the ports of the description, until it is stopped or nothing has come for ten seconds. */
    write(description: string, path: string): Writer {
      const input = [
        '-protocol_whitelist',
        'pipe,udp,rtp',
        '-analyzeduration',
        analyseUs,
        '-probesize',
        '50000000',
        '-f',
        'sdp',
        '-i',
        'pipe:0',
      ]
      const output = [
        '-map',
        '0',
        '-c',
        'copy',
        '-max_interleave_delta',
        String(interleaveLimitUs),
        '-flush_packets',
        '1',
        '-f',
        'webm',
        '-y',
        path,
      ]
      const child = run(['-loglevel', 'warning', '-nostats', '-progress', 'pipe:1', ...input, ...output])
      const listeners: (() => void)[] = []
      const ended = outcomeOf(child, () => {
        for (const listener of listeners.splice(0)) listener()
      })
      child.stdin!.end(description)
      return {
        ended,
        onStart: (listener) => void listeners.push(listener),
        async stop() {
          child.kill('SIGINT')
          const limit = setTimeout(() => child.kill('SIGKILL'), stopLimitMs)
          return ended.finally(() => clearTimeout(limit))
        },
      }
    },

    /** Makes a whole file of what a crash has left: what can be read, with its length and its index. */
    async repair(path: string): Promise<Outcome> {
      const whole = `${path}.whole`
      const args = ['-i', path, '-map', '0', '-c', 'copy', '-f', 'webm', '-y', whole]
      const child = run(['-nostdin', '-loglevel', 'error', '-nostats', '-progress', 'pipe:1', ...args])
      const outcome = await outcomeOf(child)
      if (outcome.ok && outcome.seconds) await rename(whole, path)
      else await rm(whole, { force: true })
      return outcome
    },
  }
}
