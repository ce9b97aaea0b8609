import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where recordings are kept. A file is written in a folder of this computer first, and then kept under its name. */
export type RecordingStorage = {
  /** Who writes here: files of another are its own to finish. */
  owner(): Promise<string>
  /** Where to write a file that is being made. */
  place(meetingId: string, file: string): Promise<string>
  /** Called once it is complete. Gives its size, or null when there is none. */
  keep(meetingId: string, file: string): Promise<number | null>
  writeText(meetingId: string, file: string, text: string): Promise<void>
  /** The folder and name that a file is served from; null when it is not here. */
  find(meetingId: string, file: string): Promise<{ root: string; path: string } | null>
}

/** Recordings in a folder: one for each meeting. */
export function createFolderStorage(root: string): RecordingStorage {
  const folderOf = (meetingId: string) => join(root, meetingId)
  const sizeOf = async (path: string) => {
    const size = (await stat(path).catch(() => null))?.size
    return size ? size : null
  }
  const place = async (meetingId: string, file: string) => {
    await mkdir(folderOf(meetingId), { recursive: true })
    return join(folderOf(meetingId), file)
  }
  return {
    async owner() {
      const path = join(root, 'owner')
      await mkdir(root, { recursive: true })
      await writeFile(path, randomUUID(), { flag: 'wx' }).catch(() => {})
      return readFile(path, 'utf8')
    },
    place,
    keep: (meetingId, file) => sizeOf(join(folderOf(meetingId), file)),
    async writeText(meetingId, file, text) {
      const path = await place(meetingId, file)
      await writeFile(`${path}.new`, text)
      await rename(`${path}.new`, path)
    },
    find: async (meetingId, file) => ((await sizeOf(join(folderOf(meetingId), file))) ? { root: folderOf(meetingId), path: file } : null),
  }
}
