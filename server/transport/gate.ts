import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Failure } from '../../shared/errors.ts'
import { networkOf } from './address.ts'
import { type Known, type MakeLimiter, onceKnown } from './limits.ts'

export type Gate = ReturnType<typeof createGate>

type Deps = {
  /** Requests a minute: of one device that is known, of all together at one address that are not, and new devices at one address. */
  perMinute: { device: number; address: number; newcomers: number }
  deviceOf(headers: IncomingHttpHeaders): string | null
  addressOf(request: IncomingMessage): string
  /** What a command costs, as one that nobody needs often; others cost 1. */
  costs: Record<string, number>
  limiter: MakeLimiter
}

/** The phones of a whole hall read from one address, and a read is cheap. */
export const readCost = 1 / 20

// The way in for somebody who is not known yet has a door of its own, where work can be asked for.
const commandsPath = '/api/commands/'
const ownDoor = '/api/auth/sign-in/anonymous'

/**
 * Turns a flood away before anything is parsed or looked up. A known device has a share of its own, whatever else comes from its
 * address: a hall's phones share one, and one that floods must not silence the others. What comes without a device shares one share
 * for its address.
 */
export function createGate({ perMinute, deviceOf, addressOf, costs, limiter }: Deps) {
  const devices = limiter('devices', perMinute.device)
  const addresses = limiter('addresses', perMinute.address)
  const newcomers = limiter('newcomers', perMinute.newcomers)

  function wait(headers: IncomingHttpHeaders, address: string, cost: number): Known<number> {
    const device = deviceOf(headers)
    return device ? devices.wait(device, cost) : addresses.wait(networkOf(address), cost)
  }

  function costOf(url: string, method: string | undefined): number {
    if (method === 'GET') return readCost
    const command = url.startsWith(commandsPath) ? url.slice(commandsPath.length) : ''
    return Object.hasOwn(costs, command) ? costs[command]! : 1
  }

  return {
    wait,
    /** Whether one more device may become known at this address without having to work for it. */
    welcomes: (address: string) => onceKnown(newcomers.wait(networkOf(address)), (retryAfterMs) => retryAfterMs === 0),
    /** Answers a request that is one too many, and says so. */
    refuses(request: IncomingMessage, response: ServerResponse): Known<boolean> {
      const url = request.url ?? ''
      if (!url.startsWith('/api/') || url.startsWith(ownDoor)) return false
      return onceKnown(wait(request.headers, addressOf(request), costOf(url, request.method)), (retryAfterMs) => {
        if (retryAfterMs > 0) refuse(response, retryAfterMs)
        return retryAfterMs > 0
      })
    },
  }
}

function refuse(response: ServerResponse, retryAfterMs: number) {
  const error: Failure = { code: 'too-many-requests', reason: 'too-many-requests', retryAfterMs }
  response.writeHead(429, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'Retry-After': Math.ceil(retryAfterMs / 1_000),
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(JSON.stringify({ ok: false, error }))
}
