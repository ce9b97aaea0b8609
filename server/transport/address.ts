import type { IncomingHttpHeaders } from 'node:http'
import { isIPv6 } from 'node:net'

/** The address that the one proxy in front saw, as Express finds it for HTTP; what a client itself claims stands before it. */
export function addressOf(remoteAddress: string | undefined, headers: IncomingHttpHeaders, trustProxy: boolean): string {
  const seen = trustProxy
    ? String(headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : undefined
  return seen || remoteAddress || 'unknown'
}

/** What one line is given: an IPv4 address (a hall's phones share one), or the /64 of an IPv6 one, within which a device chooses freely. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped) return mapped[1]!
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const whole = tail === undefined ? groups : [...groups, ...Array(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest]
  return `${whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
