import { type BreakoutPlan, dealOut } from '../../shared/breakouts.ts'
import type { Participant } from '../../shared/media.ts'
import type { Meeting } from '../../shared/meetings.ts'

export const ways = ['site', 'even', 'hand'] as const
export type Way = (typeof ways)[number]

export type Draft = {
  way: Way
  minutes: number
  groups: { id: string; name: string; agendaItemId: string | null }[]
  /** By site, and by person: the place of the group among them. What is missing has none. */
  siteGroups: ReadonlyMap<string, number>
  personGroups: ReadonlyMap<string, number>
  /** Whoever opens the groups stays outside. */
  stayOut: boolean
}

type Here = Pick<Participant, 'id' | 'siteId' | 'present' | 'mayChair'>

/** Those who are dealt out: whoever chairs goes where needed. */
export const dealable = <T extends Here>(people: readonly T[]): T[] => people.filter(({ present, mayChair }) => present && !mayChair)

/** A site's own group as long as there are enough; then they share. */
export const ownGroups = ({ sites }: Pick<Meeting, 'sites'>, count: number): ReadonlyMap<string, number> =>
  new Map(sites.map(({ id }, place) => [id, place % count]))

/** Whose page opens the groups is outside at first, unless a whole hall would be left out with it. */
export function mayStayOut(people: readonly Here[], selfId: string): boolean {
  const self = people.find(({ id }) => id === selfId)
  return !self?.siteId || people.some(({ id, siteId, present }) => present && id !== selfId && siteId === self.siteId)
}

/** What is asked of the server. */
export function planFrom({ way, groups, siteGroups, personGroups, stayOut }: Draft, people: readonly Here[], selfId: string): BreakoutPlan {
  const placed = (places: ReadonlyMap<string, number>, group: number) => [...places].filter(([, at]) => at === group).map(([id]) => id)
  const dealt = way === 'even' ? dealOut(dealable(people), groups.length) : []
  return {
    outsideIds: way === 'site' && stayOut ? [selfId] : [],
    groups: groups.map((group, place) => ({
      ...group,
      name: group.name.trim(),
      siteIds: way === 'site' ? placed(siteGroups, place) : [],
      participantIds: way === 'hand' ? placed(personGroups, place) : (dealt[place] ?? []).map(({ id }) => id),
    })),
  }
}

export const hasNames = ({ groups }: Pick<Draft, 'groups'>): boolean => {
  const names = groups.map(({ name }) => name.trim())
  return names.every((name) => name !== '') && new Set(names).size === names.length
}
