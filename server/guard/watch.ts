import type { FlagKind } from '../../shared/guard.ts'
import { isLike, type Shape, shapeOf } from './shape.ts'
import { burstOfDevice, burstOfNetwork, copiesBefore, remembered, sameText, youngMs } from './thresholds.ts'

type Seen = { id: string; device: string; network: string; young: boolean; atMs: number; shape: Shape | null; flags: FlagKind[] }

export type Post = { id: string; text: string; device: string; network: string; madeAtMs: number; atMs: number }

const burstMs = 60_000

/** The last posts of one meeting, in memory: what a new one is compared with. After a restart it begins anew. */
export function createWatch() {
  const seen: Seen[] = []
  /** Networks in which people of the room sit: a hall's phones all post from one. */
  const halls = new Set<string>()

  function isBurst({ device, network, atMs }: Post, young: boolean): boolean {
    let ofDevice = 1
    let ofNetwork = 1
    // Every post of a crowded minute comes by here: nothing is built that is thrown away at once.
    for (const post of seen) {
      if (atMs - post.atMs >= burstMs) continue
      if (post.device === device) ofDevice += 1
      if (post.young && post.network === network) ofNetwork += 1
    }
    return ofDevice >= burstOfDevice || (young && !halls.has(network) && ofNetwork >= burstOfNetwork)
  }

  function isCopied({ device }: Post, shape: Shape | null): boolean {
    if (!shape) return false
    const same = seen.filter((post) => post.shape && isLike(shape, post.shape, sameText))
    const others = new Set(same.map((post) => post.device))
    return others.has(device) || others.size >= copiesBefore
  }

  return {
    knownHall: (network: string) => void halls.add(network),
    /** What is known of this post already, as when it is sent again after a lost answer. */
    find: (id: string): FlagKind[] | undefined => seen.findLast((post) => post.id === id)?.flags,
    /** How it looks beside the others, and remembers it. `flags` is what is known against it by itself. */
    add(post: Post, flags: readonly FlagKind[]): FlagKind[] {
      const young = post.atMs - post.madeAtMs < youngMs
      const shape = shapeOf(post.text)
      const all: FlagKind[] = [...flags]
      if (isBurst(post, young)) all.push('burst')
      if (isCopied(post, shape)) all.push('copied')
      const { id, device, network, atMs } = post
      seen.push({ id, device, network, young, atMs, shape, flags: all })
      if (seen.length > remembered) seen.shift()
      return all
    },
  }
}
