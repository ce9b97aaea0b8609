import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { v7 } from 'uuid'

export type Devices = ReturnType<typeof createDevices>

const cookieName = 'yishi.device'
const keptSeconds = 60 * 60 * 24 * 365
const pattern = /(?:^|;\s*)yishi\.device=([0-9a-f-]{36})\.([\w-]{22})/

/**
 * A cookie that tells one browser from another: random, signed, and shown to nobody. Limits go by it, since a hall's phones share
 * one address, and a device that was barred is known by it when it comes back with a new anonymous account.
 */
export function createDevices(secret: string) {
  const macOf = (id: string) => createHmac('sha256', secret).update(`device ${id}`).digest('base64url').slice(0, 22)

  return {
    /** The device that sent these headers, or null when it has no cookie of ours. */
    of(headers: IncomingHttpHeaders): string | null {
      const [, id, mac] = pattern.exec(headers.cookie ?? '') ?? []
      if (!id || !mac) return null
      return timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(id))) ? id : null
    },
    /** A cookie for a browser that has none. */
    cookie(secure: boolean): string {
      const id = v7()
      return `${cookieName}=${id}.${macOf(id)}; Path=/; Max-Age=${keptSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
    },
  }
}
