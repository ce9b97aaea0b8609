import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto'

// Ed25519 (RFC 8032). Keys in DER are their 32 bytes behind a head that is always the same (RFC 8410).
const privateHead = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicHead = Buffer.from('302a300506032b6570032100', 'hex')

export type Sealer = ReturnType<typeof createSealer>

/** Signs for this server. The key comes from its secret, so it is the same on every node and after every restart. */
export function createSealer(secret: string) {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'yishi bundle seal', 32))
  const key = createPrivateKey({ key: Buffer.concat([privateHead, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicHead.length).toString('base64url')
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    seal: (bytes: Uint8Array): string => sign(null, bytes, key).toString('base64url'),
  }
}

/** Whether these bytes were sealed with the key that belongs to this public one. */
export function isSealed(bytes: Uint8Array, seal: string, publicKey: string): boolean {
  try {
    return verify(null, bytes, keyOf(publicKey), Buffer.from(seal, 'base64url'))
  } catch {
    // No key at all.
    return false
  }
}

const keyOf = (publicKey: string): KeyObject =>
  createPublicKey({ key: Buffer.concat([publicHead, Buffer.from(publicKey, 'base64url')]), format: 'der', type: 'spki' })

/** What people compare: eight groups of four, of the key's SHA-256. */
export const fingerprintOf = (publicKey: string): string =>
  createHash('sha256')
    .update(Buffer.from(publicKey, 'base64url'))
    .digest('hex')
    .slice(0, 32)
    .replace(/(.{4})(?=.)/g, '$1-')
