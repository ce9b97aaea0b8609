import type { types } from 'mediasoup-client'

type Deps = {
  /** Looks for a new path; answers whether it could be tried. */
  restart(): Promise<boolean>
  /** The stay has to begin again. */
  giveUp(): void
}

/** A short gap heals by itself. */
const patienceMs = 3_000
/** A new path is found within this time or not at all. */
const restartLimitMs = 8_000

/** Watches whether media gets through: after a gap it looks for a new path, and when that fails it gives up. */
export function createPathWatch({ restart, giveUp }: Deps) {
  const states = new Map<'send' | 'receive', types.ConnectionState>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let mending = false

  const isBroken = () => [...states.values()].some((state) => state === 'failed' || state === 'disconnected')

  function stop() {
    clearTimeout(timer)
    timer = undefined
    mending = false
    states.clear()
  }

  function wait(ms: number, then: () => void) {
    timer = setTimeout(() => {
      timer = undefined
      if (isBroken()) then()
      else mending = false
    }, ms)
  }

  function mend() {
    mending = true
    wait(restartLimitMs, giveUp)
    void restart().then((tried) => {
      if (tried || !mending) return
      clearTimeout(timer)
      giveUp()
    })
  }

  function judge() {
    if (!isBroken()) {
      clearTimeout(timer)
      timer = undefined
      mending = false
    } else if (!mending && timer === undefined) {
      if ([...states.values()].includes('failed')) mend()
      else wait(patienceMs, mend)
    }
  }

  return {
    stop,
    changed(which: 'send' | 'receive', state: types.ConnectionState) {
      if (state === 'closed') return
      states.set(which, state)
      judge()
    },
    /** The network is another one: the old path may be dead before anybody notices. */
    renew() {
      if (states.size === 0 || mending) return
      clearTimeout(timer)
      mend()
    },
    /** After the connection came back: a path that broke meanwhile is mended now. */
    check(now: types.ConnectionState[]) {
      if (now.includes('failed') && !mending) mend()
    },
  }
}
