import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a browser's request comes from our own pages. A request without an Origin is no browser's cross-site request
 * and carries no cookie by accident.
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const { origin, host } = headers
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  if (publicUrl && new URL(publicUrl).origin === origin) return true
  return new URL(origin).host === host
}
