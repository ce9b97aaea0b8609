import { createHmac, timingSafeEqual } from 'node:crypto'
import { lookup as resolve } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** How long the far end may take. */
const timeoutMs = 7_000

/** Nothing that is reached from this machine alone, or from its own network. */
const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

/** An IPv4 address written as IPv6 is the same address; the list knows. */
export const isInside = (address: string) => inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

export class PrivateAddress extends Error {
  constructor() {
    super('private-address')
  }
}

/** The address is looked at where it is used, so that a name which answers otherwise the second time gains nothing. */
const outsideOnly: LookupFunction = (hostname, options, callback) =>
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0)
    if (addresses.some(({ address }) => isInside(address))) return callback(new PrivateAddress(), '', 0)
    if (options.all) return callback(null, addresses)
    const [first] = addresses
    callback(null, first?.address ?? '', first?.family ?? 0)
  })

type Post = { url: string; body: string; headers: Record<string, string>; allowInside: boolean }

/** Posts JSON and gives the status of the answer. Redirects are not followed. @throws when there is no answer. */
export async function postJson({ url, body, headers, allowInside }: Post): Promise<number> {
  const target = new URL(url)
  const host = target.hostname.replace(/^\[|\]$/g, '')
  // For a number there is nothing to look up.
  if (!allowInside && isIP(host) !== 0 && isInside(host)) throw new PrivateAddress()
  const send = target.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolveStatus, reject) => {
    const request = send(
      target,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)), ...headers },
        signal: AbortSignal.timeout(timeoutMs),
        // A connection of its own each time: none is kept that was looked at long ago.
        agent: false,
        ...(allowInside ? {} : { lookup: outsideOnly }),
      },
      (response) => {
        // What it says does not matter, and may be as long as it likes.
        response.destroy()
        resolveStatus(response.statusCode ?? 0)
      },
    )
    request.once('error', reject)
    request.end(body)
  })
}

/** HMAC-SHA256 over the moment and the body, so that nothing can be sent again later by somebody who saw it. */
export const signatureOf = (secret: string, at: string, body: string) => createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')

/** What a receiver does: compares in the same time whatever it is. */
export function isSignedBy(secret: string, header: string, body: string): boolean {
  const [, at = '', given = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? []
  const expected = Buffer.from(signatureOf(secret, at, body), 'hex')
  const actual = Buffer.from(given, 'hex')
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}
