/** Pictures on this phone until the server has them. Bytes, not blobs: older Safaris lose blobs that are kept in their database. */
export type PhotoKeep = ReturnType<typeof createPhotoKeep>

const shelf = 'photos'

/** Wraps IndexedDB; where that is forbidden (private windows, some WebViews), pictures are kept until the page closes. */
export function createPhotoKeep(open: () => IDBFactory) {
  const memory = new Map<string, ArrayBuffer>()
  let opening: Promise<IDBDatabase | null> | undefined

  const database = () =>
    (opening ??= new Promise((resolve) => {
      try {
        const request = open().open('yishi.phone', 1)
        request.onupgradeneeded = () => request.result.createObjectStore(shelf)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => resolve(null)
        request.onblocked = () => resolve(null)
      } catch {
        resolve(null)
      }
    }))

  /** Undefined where there is no database, or it does not do what it is asked. */
  async function ask<T>(mode: IDBTransactionMode, act: (photos: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
    const kept = await database()
    if (!kept) return undefined
    return new Promise((resolve) => {
      try {
        const transaction = kept.transaction(shelf, mode)
        const request = act(transaction.objectStore(shelf))
        transaction.oncomplete = () => resolve(request.result)
        transaction.onerror = transaction.onabort = () => resolve(undefined)
      } catch {
        resolve(undefined)
      }
    })
  }

  return {
    async put(photoId: string, bytes: ArrayBuffer) {
      const key = await ask('readwrite', (photos) => photos.put(bytes, photoId))
      if (key === undefined) memory.set(photoId, bytes)
    },
    get: async (photoId: string): Promise<ArrayBuffer | undefined> =>
      memory.get(photoId) ?? (await ask<ArrayBuffer | undefined>('readonly', (photos) => photos.get(photoId))),
    async forget(photoIds: readonly string[]) {
      for (const photoId of photoIds) {
        memory.delete(photoId)
        await ask('readwrite', (photos) => photos.delete(photoId))
      }
    },
  }
}
