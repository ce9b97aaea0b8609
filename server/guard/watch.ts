import type { FlagKind } from '../../shared/guard.ts'
import { createLookalikes } from './lookalikes.ts'
import { type Shape, shapeOf } from './shape.ts'
import { burstOfDevice, burstOfNetwork, copiesBefore, remembered, youngMs } from './thresholds.ts'

type Seen = { id: string; device: string; network: string; young: boolean; atMs: number; shape: Shape | null; flags: FlagKind[] }

export type Post = { id: string; text: string; device: string; network: string; madeAtMs: number; atMs: number }

const burstMs = 60_000

/** The last posts of one meeting, in memory: what a new one is compared with. After a restart it begins anew. */
export function createWatch() {
  // A crowd's every post comes by here: nothing is looked through that can be looked up.
  const seen = new Map<string, Seen>()
  const lookalikes = createLookalikes<Seen>()
  const devices = createTally()
  const youngOfNetworks = createTally()
  /** What is within the last minute, the oldest first. */
  const minute = new Set<Seen>()
  /** Networks in which people of the room sit: a hall's phones all post from one. */
  const halls = new Set<string>()

  function leaveMinute(post: Seen) {
    if (!minute.delete(post)) return
    devices.drop(post.device)
    if (post.young) youngOfNetworks.drop(post.network)
  }

  function forget(post: Seen) {
    leaveMinute(post)
    seen.delete(post.id)
    lookalikes.drop(post)
  }

  function isBurst({ device, network, atMs }: Post, young: boolean): boolean {
    for (const post of minute) {
      if (atMs - post.atMs < burstMs) break
      leaveMinute(post)
    }
    const ofDevice = devices.of(device) + 1
    const ofNetwork = youngOfNetworks.of(network) + 1
    return ofDevice >= burstOfDevice || (young && !halls.has(network) && ofNetwork >= burstOfNetwork)
  }

  function isCopied({ device }: Post, shape: Shape | null): boolean {
    if (!shape) return false
    const others = new Set(lookalikes.of(shape).map((post) => post.device))
    return others.has(device) || others.size >= copiesBefore
  }

  function remember(post: Seen) {
    seen.set(post.id, post)
    lookalikes.add(post)
    minute.add(post)
    devices.add(post.device)
    if (post.young) youngOfNetworks.add(post.network)
    if (seen.size > remembered) forget(seen.values().next().value!)
  }

  return {
    knownHall: (network: string) => void halls.add(network),
    /** What is known of this post already, as when it is sent again after a lost answer. */
    find: (id: string): FlagKind[] | undefined => seen.get(id)?.flags,
    /** How it looks beside the others, and remembers it. `flags` is what is known against it by itself. */
    add(post: Post, flags: readonly FlagKind[]): FlagKind[] {
      const young = post.atMs - post.madeAtMs < youngMs
      const shape = shapeOf(post.text)
      const all: FlagKind[] = [...flags]
      if (isBurst(post, young)) all.push('burst')
      if (isCopied(post, shape)) all.push('copied')
      const { id, device, network, atMs } = post
      remember({ id, device, network, young, atMs, shape, flags: all })
      return all
    },
  }
}

/** How many there are of each. */
function createTally() {
  const counts = new Map<string, number>()
  const of = (key: string) => counts.get(key) ?? 0
  return {
    of,
    add: (key: string) => void counts.set(key, of(key) + 1),
    drop(key: string) {
      if (of(key) > 1) counts.set(key, of(key) - 1)
      else counts.delete(key)
    },
  }
}
