/** What the page keeps on the phone. Values are JSON; reading something unreadable gives null. */
export type Storage = ReturnType<typeof createStorage>

type Keeper = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const prefix = 'yishi.phone.'

/** Wraps localStorage; where that is forbidden or full (private windows, some WebViews), things are kept until the page closes. */
export function createStorage(open: () => Keeper) {
  const memory = new Map<string, string>()
  const keeper = attempt(open)

  const keptKeys = (): string[] => {
    if (!keeper) return []
    const keys = Array.from({ length: keeper.length }, (_, index) => keeper.key(index) ?? '')
    return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
  }

  function get<T>(key: string): T | null {
    const value = memory.get(key) ?? attempt(() => keeper?.getItem(prefix + key) ?? null)
    // What is stored was written by this page, under a key that says its type.
    return value === null ? null : attempt(() => JSON.parse(value) as T)
  }

  function write(key: string, value: string): boolean {
    if (!keeper) return false
    keeper.setItem(prefix + key, value)
    return true
  }

  return {
    get,
    set(key: string, value: unknown) {
      const written = JSON.stringify(value)
      memory.delete(key)
      if (!attempt(() => write(key, written))) memory.set(key, written)
    },
    remove(key: string) {
      memory.delete(key)
      attempt(() => keeper?.removeItem(prefix + key))
    },
    /** All values whose key begins so, in no particular order. */
    list<T>(start: string): T[] {
      const keys = new Set([...memory.keys(), ...(attempt(keptKeys) ?? [])])
      return [...keys].filter((key) => key.startsWith(start)).flatMap((key) => get<T>(key) ?? [])
    },
  }
}

function attempt<T>(act: () => T): T | null {
  try {
    return act()
  } catch {
    return null
  }
}
