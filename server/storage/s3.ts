import { openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { AwsClient } from 'aws4fetch'
import type { Config } from '../config.ts'
import { type ByteRange, checkedKey, type Storage } from './storage.ts'

type Settings = NonNullable<Config['s3']>

/** A network that fails, or an answer that says "later", is tried again this often, with pauses that double. */
const retries = 3
const firstPauseMs = 100
/** An answer that does not begin within this time does not come. */
const answerMs = 30_000

export class S3Error extends Error {}

/**
 * Files in a bucket of anything that speaks S3: AWS, MinIO, Ceph, Alibaba's OSS, Tencent's COS. Where the endpoint's name begins
 * with the bucket's, as OSS wants it, the bucket is not named again in the path.
 */
export function createS3Storage({ endpoint, bucket, region, accessKey, secretKey }: Settings): Storage {
  const client = new AwsClient({
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    service: 's3',
    region,
    retries,
    initRetryMs: firstPauseMs,
  })
  const base = endpoint.replace(/\/+$/, '')
  const folder = new URL(base).hostname.startsWith(`${bucket}.`) ? base : `${base}/${bucket}`

  /** @throws S3Error for whatever is neither done nor "not there". */
  async function ask(method: string, key: string, init: RequestInit = {}): Promise<Response | null> {
    const response = await client.fetch(`${folder}/${checkedKey(key)}`, { ...init, method, signal: AbortSignal.timeout(answerMs) })
    if (response.ok) return response
    const words = (await response.text().catch(() => '')).slice(0, 300)
    if (response.status === 404 && !words.includes('NoSuchBucket')) return null
    throw new S3Error(`${method} ${key}: the storage answered ${response.status} ${words}`)
  }

  return {
    async put(key, content) {
      const body = 'path' in content ? await openAsBlob(content.path) : new Blob([new Uint8Array(content)])
      if (!(await ask('PUT', key, { body }))) throw new S3Error(`PUT ${key}: there is no bucket ${bucket}`)
      return body.size
    },
    async get(key, range) {
      const response = await ask('GET', key, range ? { headers: { range: rangeHeader(range) } } : {})
      if (!response?.body) return null
      // The types of the web's streams and of Node's are declared apart; they are the same thing.
      const body = Readable.fromWeb(response.body as ReadableStream)
      return { body, bytes: sizeOf(response) }
    },
    async size(key) {
      const response = await ask('HEAD', key)
      return response && sizeOf(response)
    },
    async delete(key) {
      await ask('DELETE', key)
    },
  }
}

const rangeHeader = ({ start, end }: ByteRange) => `bytes=${start}-${end}`

/** Of the whole file, also where only a part of it is answered. */
function sizeOf(response: Response): number {
  const whole = response.headers.get('content-range')?.split('/')[1]
  return Number(whole ?? response.headers.get('content-length') ?? 0)
}
