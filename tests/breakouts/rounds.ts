import { v7 } from 'uuid'
import type { Breakout, BreakoutPlan } from '../../shared/breakouts.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { districts, plan as meetingPlan } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

/** Three sites, for two groups. */
export const threeSites = () => ({
  sites: [...meetingPlan().sites, { id: v7(), name: '渡口村协商驿站', regionCode: districts.wujiang, kind: 'branch' as const }],
})

type Group = BreakoutPlan['groups'][number]

export const group = (name: string, changes: Partial<Group> = {}): Group => ({
  id: v7(),
  name,
  agendaItemId: null,
  siteIds: [],
  participantIds: [],
  ...changes,
})

/** The first two sites meet in the first group, the third is alone in the second. */
export const bySites = ({ sites }: Meeting): BreakoutPlan => ({
  outsideIds: [],
  groups: [
    group('第一组', { siteIds: sites.slice(0, 2).map(({ id }) => id) }),
    group('第二组', { siteIds: sites.slice(2).map(({ id }) => id) }),
  ],
})

export const open = async (chair: Person, meeting: Meeting, plan: BreakoutPlan = bySites(meeting), minutes = 10): Promise<Breakout> =>
  value(await chair.ask('breakout:open', { id: v7(), meetingId: meeting.id, minutes, plan }))
