import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Content, checkedKey, type Storage } from './storage.ts'

/** Files in a folder of this computer; a key is a path within it. */
export function createFolderStorage(root: string): Storage {
  const pathOf = (key: string) => join(root, checkedKey(key))
  const sizeAt = async (path: string) => (await stat(path).catch(nothingThere))?.size ?? null

  /** Under another name first, so that nobody ever reads half a file. */
  async function write(path: string, content: Content) {
    if ('path' in content && resolve(content.path) === resolve(path)) return
    await mkdir(dirname(path), { recursive: true })
    const beside = join(dirname(path), `.${randomUUID()}`)
    try {
      if ('path' in content) await copyFile(content.path, beside)
      else await writeFile(beside, content, { flush: true })
      await rename(beside, path)
    } catch (error) {
      await rm(beside, { force: true })
      throw error
    }
  }

  return {
    async put(key, content) {
      const path = pathOf(key)
      await write(path, content)
      return (await stat(path)).size
    },
    async get(key, range) {
      const file = await open(pathOf(key), 'r').catch(nothingThere)
      if (!file) return null
      const bytes = (await file.stat()).size
      return { body: file.createReadStream(range), bytes }
    },
    size: async (key) => sizeAt(pathOf(key)),
    delete: async (key) => rm(pathOf(key), { force: true }),
  }
}

function nothingThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
