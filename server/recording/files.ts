import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import type { Storage } from '../storage/storage.ts'

export type RecordingFiles = ReturnType<typeof createRecordingFiles>

type Deps = {
  storage: Storage
  /** The storage that is `folder` on this computer: the same one, or where files are while they are written. */
  here: Storage
  folder: string
  log: Logger
}

/** The files of recordings: written in a folder of this computer, and given to the storage when they are complete. */
export function createRecordingFiles({ storage, here, folder, log }: Deps) {
  const root = join(folder, 'recordings')
  const keyOf = (meetingId: string, file: string) => `recordings/${meetingId}/${file}`
  const pathOf = (meetingId: string, file: string) => join(folder, keyOf(meetingId, file))
  const sizeHere = async (path: string) => (await stat(path).catch(() => null))?.size || null

  return {
    /** Who writes here: files of another are its own to finish. */
    async owner(): Promise<string> {
      const path = join(root, 'owner')
      await mkdir(root, { recursive: true })
      await writeFile(path, randomUUID(), { flag: 'wx' }).catch(() => {})
      return readFile(path, 'utf8')
    },

    /** Where to write a file that is being made. */
    async place(meetingId: string, file: string): Promise<string> {
      const path = pathOf(meetingId, file)
      await mkdir(dirname(path), { recursive: true })
      return path
    },

    /** Called once it is complete. Gives its size, or null when there is none. What the storage does not take stays here and is served from here. */
    async keep(meetingId: string, file: string): Promise<number | null> {
      const path = pathOf(meetingId, file)
      const size = await sizeHere(path)
      if (size === null) return storage.size(keyOf(meetingId, file))
      try {
        await storage.put(keyOf(meetingId, file), { path })
        if (storage !== here) await rm(path, { force: true })
      } catch (error) {
        log.error({ err: error, meetingId, file }, 'the storage did not take a recording; it stays on this computer')
      }
      return size
    },

    writeText: (meetingId: string, file: string, text: string) => storage.put(keyOf(meetingId, file), Buffer.from(text)),

    /** Where a file is served from; null when it is nowhere. */
    async find(meetingId: string, file: string): Promise<{ key: string; in: Storage } | null> {
      const key = keyOf(meetingId, file)
      for (const one of [here, storage]) if (await one.size(key)) return { key, in: one }
      return null
    },
  }
}
