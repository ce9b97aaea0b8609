import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'

/** A certificate and its key, as PEM. */
export type Tls = { cert: string; key: string }

export class TlsError extends Error {}

/** @throws TlsError when a file cannot be read. */
export function readTls({ certFile, keyFile }: { certFile: string; keyFile: string }): Tls {
  const read = (name: string, file: string) => {
    try {
      return readFileSync(file, 'utf8')
    } catch (cause) {
      throw new TlsError(`${name} is ${file}, and that file cannot be read.`, { cause })
    }
  }
  return { cert: read('HTTPS_CERT', certFile), key: read('HTTPS_KEY', keyFile) }
}

/** Browsers refuse those that are good for longer. */
const goodForDays = 397
const dayMs = 24 * 3_600_000

/**
 * A certificate of our own for this machine's names and addresses, made once and kept in `dataDir`. No browser trusts it before
 * somebody has said so: it is for trying on a LAN. Made anew when the machine has another address, or it has run out.
 */
export async function selfMadeTls(dataDir: string, now: Date): Promise<Tls> {
  const names = ['localhost', ...addresses()]
  const file = join(dataDir, 'https.json')
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tls & { names: string[]; notAfter: string }) : null
  if (kept && names.every((name) => kept.names.includes(name)) && Date.parse(kept.notAfter) > now.getTime()) return kept
  const notAfterDate = new Date(now.getTime() + (goodForDays - 1) * dayMs)
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Yishi' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // The clocks of a hall's phones and boxes are not always right.
    notBeforeDate: new Date(now.getTime() - dayMs),
    notAfterDate,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map((name) => (name === 'localhost' ? { type: 2, value: name } : { type: 7, ip: name })) },
    ],
  })
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, JSON.stringify({ cert, key, names, notAfter: notAfterDate.toISOString() }), { mode: 0o600 })
  chmodSync(file, 0o600)
  return { cert, key }
}

const addresses = () =>
  Object.values(networkInterfaces()).flatMap((all) => (all ?? []).filter(({ family }) => family === 'IPv4').map(({ address }) => address))
