import { createWorker, type types, version } from 'mediasoup'
import type { Logger } from 'pino'
import { listenInfosFor } from './listening.ts'
import { type Load, weigh } from './load.ts'

type Deps = {
  count: number
  binary: string | undefined
  port: number
  announcedAddress: string | undefined
  /** From this load on, a meeting's next people go to another worker (see `load.ts` for the unit). */
  fullAt: number
  log: Logger
}

/** A place for rooms: one process of the media worker with its one UDP and TCP port. */
export type Seat = { worker: types.Worker; webRtcServer: types.WebRtcServer; load: Load }

export class MediaWorkerError extends Error {}

/** A worker answers its first request within some tens of milliseconds; one of another version never does. */
const startLimitMs = 10_000
/** A worker that dies again soon after its start shall not spin; any other is replaced at once. */
const replaceDelayMs = 1_000
const provenAfterMs = 10_000

export type Workers = Awaited<ReturnType<typeof createWorkers>>

/**
 * Starts the media workers. A worker that dies closes its rooms and is replaced.
 * @throws MediaWorkerError when a worker does not start, or does not fit the installed mediasoup.
 */
export async function createWorkers({ count, binary, port, announcedAddress, fullAt, log }: Deps) {
  const seats: (Seat | null)[] = await startAll()
  const timers = new Set<NodeJS.Timeout>()
  let closed = false
  for (const [index, seat] of seats.entries()) if (seat) watch(seat, index)

  async function startAll(): Promise<Seat[]> {
    const started = await Promise.allSettled(Array.from({ length: count }, (_, index) => start(index)))
    const failed = started.find((result) => result.status === 'rejected')
    const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    if (!failed) return running
    for (const seat of running) seat.worker.close()
    throw failed.reason
  }

  function start(index: number): Promise<Seat> {
    return withinStartLimit(async () => {
      const worker = await createWorker({ logLevel: 'warn', ...(binary ? { workerBin: binary } : {}) })
      try {
        const listenInfos = listenInfosFor(port === 0 ? 0 : port + index, announcedAddress)
        return { worker, webRtcServer: await worker.createWebRtcServer({ listenInfos }), load: weigh(worker) }
      } catch (cause) {
        worker.close()
        throw new MediaWorkerError(`The media worker cannot listen on port ${port + index} (MEDIA_PORT): ${String(cause)}`, { cause })
      }
    })
  }

  function watch(seat: Seat, index: number) {
    const startedAt = performance.now()
    seat.worker.on('died', (error) => {
      log.error({ err: error, index }, 'a media worker died; its rooms begin again on another')
      seats[index] = null
      replaceAfter(performance.now() - startedAt > provenAfterMs ? 0 : replaceDelayMs, index)
    })
  }

  function replaceAfter(delayMs: number, index: number) {
    if (closed) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      start(index).then(
        (seat) => {
          if (closed) return seat.worker.close()
          seats[index] = seat
          watch(seat, index)
        },
        (error: unknown) => {
          log.error({ err: error, index }, 'a media worker could not be replaced')
          replaceAfter(replaceDelayMs, index)
        },
      )
    }, delayMs)
    timers.add(timer)
  }

  return {
    /**
     * Where the next of a meeting's people goes: the least loaded of the workers that serve the meeting already, so that
     * little has to be piped; once that one is full, the least loaded of all. Null while none is running.
     */
    seatFor(serving: Iterable<Seat> = []): Seat | null {
      const running = seats.filter((seat) => seat !== null)
      const home = leastLoaded([...serving].filter((seat) => running.includes(seat)))
      return home && home.load.now() < fullAt ? home : leastLoaded(running)
    },
    close() {
      closed = true
      for (const timer of timers) clearTimeout(timer)
      for (const seat of seats) seat?.worker.close()
    },
  }
}

const leastLoaded = (seats: Seat[]): Seat | null => seats.sort((a, b) => a.load.now() - b.load.now())[0] ?? null

async function withinStartLimit<T>(work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    const message = `The media worker does not answer: is it the one of mediasoup ${version}? Unset MEDIASOUP_WORKER_BIN or point it to a worker of that version.`
    timer = setTimeout(() => reject(new MediaWorkerError(message)), startLimitMs)
  })
  try {
    return await Promise.race([work(), limit])
  } finally {
    clearTimeout(timer)
  }
}
