import type { types } from 'mediasoup'

/** A forwarded video costs a worker as much as this many voices: 450 and 750 of them fill the same part of a core. */
const videoWeight = 5 / 3

export type Load = ReturnType<typeof weigh>

/** How much a worker has to forward, in voices: counted instead of measured, so that it is right at once when fifty people join within a second. */
export function weigh(worker: types.Worker) {
  let load = 0

  function carry(weight: number, observer: { once(event: 'close', listener: () => void): unknown }) {
    load += weight
    observer.once('close', () => {
      load -= weight
    })
  }

  worker.observer.on('newrouter', (router) =>
    router.observer.on('newtransport', (transport) => {
      carry(1, transport.observer)
      transport.observer.on('newconsumer', (consumer) => carry(consumer.kind === 'video' ? videoWeight : 1, consumer.observer))
    }),
  )
  return {
    now: () => load,
    /** Counts somebody who is on the way in, until the work is done. */
    async while<T>(weight: number, work: () => Promise<T>): Promise<T> {
      load += weight
      try {
        return await work()
      } finally {
        load -= weight
      }
    },
  }
}
