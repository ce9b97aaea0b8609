import type { types } from 'mediasoup'
import { AppError } from '../../shared/errors.ts'
import type { Outgoing } from './sender.ts'
import type { Seat, Workers } from './workers.ts'

/** A meeting's part of one worker. */
export type Branch = { seat: Seat; router: types.Router }

type Pipe = { branch: Branch; consumer: types.Consumer }

type Deps = {
  workers: Pick<Workers, 'seatFor'>
  mediaCodecs: types.RouterRtpCodecCapability[]
  onOpen(branch: Branch): void
  /** Its worker has died. */
  onLost(branch: Branch): void
}

/** Somebody who enters will soon receive at least this much; counted until their transports are. */
const weightOfEntering = 4

/**
 * mediasoup lets the far end of a pipe rest and go on with the near one (Router.ts, `void pipeProducer.pause()`) and looks at no
 * failure there: a worker that dies in this moment would take the whole program with it as an unhandled rejection.
 */
function forgiveClosing(producer: types.Producer) {
  for (const turn of ['pause', 'resume'] as const) {
    const request = producer[turn].bind(producer)
    producer[turn] = () =>
      request().catch((error: unknown) => {
        if (!producer.closed) throw error
      })
  }
}

export type Branches = ReturnType<typeof createBranches>

/** The routers of one meeting: one a worker, made when somebody is placed there, and joined by pipes when a stream is first wanted there. */
export function createBranches({ workers, mediaCodecs, onOpen, onLost }: Deps) {
  const bySeat = new Map<Seat, Promise<Branch>>()
  const open = new Set<Branch>()
  /** By producer, then by branch: a stream crosses to a worker once, however many watch it there. */
  const piped = new Map<string, Map<Branch, Promise<Pipe>>>()

  async function begin(seat: Seat): Promise<Branch> {
    const branch = { seat, router: await seat.worker.createRouter({ mediaCodecs }) }
    open.add(branch)
    branch.router.once('workerclose', () => onLost(branch))
    branch.router.observer.once('close', () => {
      open.delete(branch)
      bySeat.delete(seat)
    })
    onOpen(branch)
    return branch
  }

  function branchOf(seat: Seat): Promise<Branch> {
    const known = bySeat.get(seat)
    if (known) return known
    const begun = begin(seat)
    bySeat.set(seat, begun)
    begun.catch(() => bySeat.delete(seat))
    return begun
  }

  async function pipe({ producer, branch: from }: Outgoing, to: Branch): Promise<Pipe> {
    const { pipeConsumer, pipeProducer } = await from.router.pipeToRouter({ producerId: producer.id, router: to.router, enableSctp: false })
    forgiveClosing(pipeProducer!)
    return { branch: to, consumer: pipeConsumer! }
  }

  function pipesOf({ producer }: Outgoing): Map<Branch, Promise<Pipe>> {
    const known = piped.get(producer.id)
    if (known) return known
    const pipes = new Map<Branch, Promise<Pipe>>()
    piped.set(producer.id, pipes)
    producer.observer.once('close', () => piped.delete(producer.id))
    return pipes
  }

  return {
    /** Runs the work on the branch where the next person is to be. @throws AppError `unavailable` while no worker runs. */
    async place<T>(work: (branch: Branch) => Promise<T>): Promise<T> {
      const seat = workers.seatFor(bySeat.keys())
      if (!seat) throw new AppError('unavailable', 'media-not-ready')
      return seat.load.while(weightOfEntering, async () => work(await branchOf(seat)))
    },
    /** Makes a stream available on a branch. */
    async reach(outgoing: Outgoing, to: Branch): Promise<void> {
      if (outgoing.branch === to) return
      const pipes = pipesOf(outgoing)
      const known = pipes.get(to)
      if (known) return void (await known)
      const made = pipe(outgoing, to)
      pipes.set(to, made)
      made.catch(() => pipes.delete(to))
      ;(await made).consumer.observer.once('close', () => pipes.delete(to))
    },
    /** Lets a stream cross only to where somebody watches it. */
    async flow(outgoing: Outgoing, isWatched: (branch: Branch) => boolean) {
      for (const pipe of piped.get(outgoing.producer.id)?.values() ?? []) {
        const { branch, consumer } = await pipe
        if (consumer.closed) continue
        await (isWatched(branch) ? consumer.resume() : consumer.pause())
      }
    },
    count: () => open.size,
    close() {
      for (const { router } of open) router.close()
    },
  }
}
