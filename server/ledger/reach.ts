import { arrayOverlaps, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/policy.ts'
import { readingGrants } from '../recommendations/service.ts'
import { ledgerLines } from './schema.ts'

/** The regions by which alone somebody reads; null for whoever reads everything, undefined where it is not by regions alone. */
export function regionsOf(actor: Actor): string[] | null | undefined {
  const codes = readingGrants(actor).map(({ scope }) => (scope.kind === 'region' ? scope.regionCode : undefined))
  if (codes.includes('')) return null
  const regions = codes.filter((code) => code !== undefined)
  return regions.length > 0 && regions.length === codes.length ? regions : undefined
}

/**
 * Which lines somebody may read, as a condition of the query itself: those of their regions and meetings, and what their departments
 * were given. Undefined for whoever may read everything.
 */
export function reachOf(actor: Actor): SQL | undefined {
  const scopes = readingGrants(actor).map(({ scope }) => scope)
  const regions = scopes.flatMap((scope) => (scope.kind === 'region' ? [scope.regionCode] : []))
  if (regions.includes('')) return undefined
  const meetings = scopes.flatMap((scope) => (scope.kind === 'meeting' ? [scope.meetingId] : []))
  const organizations = scopes.flatMap((scope) => (scope.kind === 'organization' ? [scope.organizationId] : []))
  const ways = [
    regions.length > 0 && arrayOverlaps(ledgerLines.scopes, regions),
    meetings.length > 0 && inArray(ledgerLines.meetingId, meetings),
    organizations.length > 0 && inArray(ledgerLines.organizationId, organizations),
  ].filter((way) => way !== false)
  return or(...ways) ?? sql`false`
}
