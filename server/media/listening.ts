import { networkInterfaces } from 'node:os'
import type { types } from 'mediasoup'

/**
 * Where a worker listens for media: one UDP and one TCP port. With an announced address on all interfaces; without one
 * on each IPv4 address of the machine, so that a fresh clone is reachable from its own network. Port 0 takes a free one.
 */
export function listenInfosFor(port: number, announcedAddress: string | undefined): types.TransportListenInfo[] {
  const places = announcedAddress ? [{ ip: '0.0.0.0', announcedAddress }] : localAddresses().map((ip) => ({ ip }))
  return (['udp', 'tcp'] as const).flatMap((protocol) => places.map((place) => ({ protocol, ...place, ...(port === 0 ? {} : { port }) })))
}

/** Loopback last: whoever is elsewhere should not try it first. */
function localAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const ipv4 = all.filter((address) => address.family === 'IPv4')
  return [...ipv4.filter((address) => !address.internal), ...ipv4.filter((address) => address.internal)].map((address) => address.address)
}
