import type { Shelf } from './shelf.ts'

/** Fetched only when somebody leaves: no other page needs what the minutes are made of. */
async function withShelf<T>(work: (shelf: Shelf) => Promise<T>): Promise<T | null> {
  try {
    const { openShelf } = await import('./deviceShelf.ts')
    const shelf = await openShelf()
    return await work(shelf).finally(() => shelf.close())
  } catch {
    // Without a network nobody signs out either.
    return null
  }
}

/** How many minutes have words of an account on this device that the server does not have. */
export const unsentMinutes = async (accountId: string): Promise<number> => (await withShelf((shelf) => shelf.unsent(accountId))) ?? 0

export const clearMinutes = (accountId: string) => withShelf((shelf) => shelf.clear(accountId))
