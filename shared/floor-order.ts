import { z } from 'zod'

/** `fair`: whoever has had least of the floor comes first. `first-come`: whoever asked first. */
export const floorRules = ['fair', 'first-come'] as const
export type FloorRule = (typeof floorRules)[number]

/** Why a request stands where it does. Speeches count once they have ended, so that the queue stands still while somebody speaks. */
export const standingSchema = z.object({
  /** Has not had the floor in this meeting. */
  firstTime: z.boolean(),
  personSeconds: z.number().int(),
  /** Of everybody at the same site; of the person alone where there is no site. */
  siteSeconds: z.number().int(),
  /** Of the site's province, city, county, township and village, in this order; 0 below the site's own level. */
  regionSeconds: z.array(z.number().int()).length(5),
})
export type Standing = z.infer<typeof standingSchema>

type Waiting = { id: string; kind: string; requestedAt: string; standing: Standing }

/**
 * Those who wait, in the order in which they are to be given the floor. By either rule points of order come first, as they
 * were raised: they are about how the meeting goes on (Robert's Rules of Order Newly Revised, 12th ed., 23:2). Fair: first-time
 * speakers before repeaters, then by the time that the person has used, then the site, then the region from the province
 * down; among equals whoever asked first. Ids decide what nothing else decides, so that every screen shows one order.
 */
export const inOrder = <T extends Waiting>(rule: FloorRule, requests: readonly T[]): T[] =>
  requests.toSorted((a, b) => compare(keysOf(rule, a), keysOf(rule, b)))

function keysOf(rule: FloorRule, { id, kind, requestedAt, standing }: Waiting): (number | string)[] {
  if (kind === 'point-of-order') return [0, requestedAt, id]
  if (rule === 'first-come') return [1, requestedAt, id]
  const { firstTime, personSeconds, siteSeconds, regionSeconds } = standing
  return [1, firstTime ? 0 : 1, personSeconds, siteSeconds, ...regionSeconds, requestedAt, id]
}

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  const place = a.findIndex((key, index) => key !== b[index])
  return place < 0 ? 0 : a[place]! < b[place]! ? -1 : 1
}
