import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFolderStorage } from '../../server/storage/folder.ts'
import { createS3Storage, S3Error } from '../../server/storage/s3.ts'
import type { Storage } from '../../server/storage/storage.ts'

let folder: string
let s3: S3rver
let endpoint: string
const bucket = 'yishi'
const keys = { accessKey: 'S3RVER', secretKey: 'S3RVER', region: 'us-east-1' }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yishi-storage-'))
  s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: bucket }],
  })
  const { port } = await s3.run()
  endpoint = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  await s3?.close()
  await rm(folder, { recursive: true, force: true })
})

const kinds: [string, () => Storage][] = [
  ['a folder', () => createFolderStorage(join(folder, 'files'))],
  ['S3', () => createS3Storage({ endpoint, bucket, ...keys })],
]

describe.each(kinds)('%s', (_, open) => {
  async function read(storage: Storage, key: string) {
    const found = await storage.get(key)
    if (!found) return null
    const bytes = await buffer(found.body)
    expect(found.bytes).toBe(bytes.length)
    return bytes
  }

  test('gives back what was put, with its size', async () => {
    const storage = open()
    const bytes = randomBytes(200_000)
    expect(await storage.put('photos/a.jpg', bytes)).toBe(bytes.length)
    expect(await read(storage, 'photos/a.jpg')).toEqual(bytes)
    expect(await storage.size('photos/a.jpg')).toBe(bytes.length)
  })

  test('takes a file of this computer and leaves it there', async () => {
    const storage = open()
    const path = join(folder, 'recording.webm')
    const bytes = randomBytes(3_000_000)
    await writeFile(path, bytes)
    expect(await storage.put('recordings/m/r.webm', { path })).toBe(bytes.length)
    expect(await read(storage, 'recordings/m/r.webm')).toEqual(bytes)
    expect(await readdir(folder)).toContain('recording.webm')
  })

  test('gives a part of a file, and still says how large the whole is', async () => {
    const storage = open()
    const bytes = randomBytes(10_000)
    await storage.put('photos/part.jpg', bytes)
    const part = await storage.get('photos/part.jpg', { start: 100, end: 299 })
    expect(part?.bytes).toBe(10_000)
    expect(await buffer(part!.body)).toEqual(bytes.subarray(100, 300))
  })

  test('replaces what stood under a key', async () => {
    const storage = open()
    await storage.put('photos/b.jpg', Buffer.from('before, and longer'))
    await storage.put('photos/b.jpg', Buffer.from('after'))
    expect(String(await read(storage, 'photos/b.jpg'))).toBe('after')
  })

  test('two who put the same at once leave it whole', async () => {
    const storage = open()
    const [a, b] = [Buffer.alloc(500_000, 'a'), Buffer.alloc(500_000, 'b')]
    await Promise.all([storage.put('photos/c.jpg', a), storage.put('photos/c.jpg', b)])
    const kept = await read(storage, 'photos/c.jpg')
    expect(kept?.equals(a) || kept?.equals(b)).toBe(true)
  })

  test('deletes, also what is not there, and says of it that it is not there', async () => {
    const storage = open()
    await storage.put('photos/d.jpg', Buffer.from('gone soon'))
    await storage.delete('photos/d.jpg')
    await storage.delete('photos/d.jpg')
    expect(await storage.get('photos/d.jpg')).toBeNull()
    expect(await storage.size('photos/d.jpg')).toBeNull()
  })

  test('an empty file is a file', async () => {
    const storage = open()
    expect(await storage.put('photos/empty.jpg', new Uint8Array())).toBe(0)
    expect(await storage.size('photos/empty.jpg')).toBe(0)
  })

  test.each([
    '',
    'photos',
    '../secret',
    'photos/../../secret',
    '/etc/passwd',
    'photos/.hidden',
    'photos//a',
    'photos/a b',
    `photos/${'x'.repeat(300)}`,
  ])('refuses %j as a key', async (key) => {
    const storage = open()
    for (const attempt of [
      () => storage.put(key, Buffer.from('x')),
      () => storage.get(key),
      () => storage.size(key),
      () => storage.delete(key),
    ])
      await expect(attempt()).rejects.toThrow('not a key')
  })
})

test('what was not written whole leaves nothing in the folder', async () => {
  const storage = createFolderStorage(join(folder, 'careful'))
  await expect(storage.put('photos/x.jpg', { path: join(folder, 'there is no such file') })).rejects.toThrow('ENOENT')
  expect(await readdir(join(folder, 'careful/photos'))).toEqual([])
})

test('an S3 that refuses is an error with its answer, never "not there"', async () => {
  const stranger = createS3Storage({ endpoint, bucket, ...keys, accessKey: 'somebody' })
  await expect(stranger.put('photos/a.jpg', Buffer.from('x'))).rejects.toThrow(/403/)
  const elsewhere = createS3Storage({ endpoint, ...keys, bucket: 'nobodys' })
  await expect(elsewhere.put('photos/a.jpg', Buffer.from('x'))).rejects.toThrow(S3Error)
  await expect(elsewhere.get('photos/a.jpg')).rejects.toThrow(S3Error)
})

test('where the endpoint carries the name of the bucket, it is not named again', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.end()
  }).listen(0)
  const { port } = server.address() as { port: number }
  const storage = createS3Storage({ endpoint: `http://127.0.0.1:${port}`, ...keys, bucket: '127' })
  await storage.put('photos/a.jpg', Buffer.from('x'))
  server.close()
  expect(asked).toEqual(['PUT /photos/a.jpg'])
})
