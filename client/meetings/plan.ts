import dayjs, { type Dayjs } from 'dayjs'
import { v7 } from 'uuid'
import type { AgendaItem, Meeting, Site } from '../../shared/meetings.ts'

/** A meeting's plan as its form holds it. */
export type PlanFields = {
  title: string
  startsAt: Dayjs
  regionCodes: string[]
  suggestionPolicy: Meeting['suggestionPolicy']
  agenda: AgendaItem[]
  sites: (Omit<Site, 'regionCode' | 'code'> & { regionCode?: string })[]
}

export const emptyAgendaItem = (): AgendaItem => ({ id: v7(), title: '', minutes: 20 })
export const emptySite = (): PlanFields['sites'][number] => ({ id: v7(), name: '', kind: 'branch' })

export const fieldsOf = (meeting: Meeting): PlanFields => ({
  title: meeting.title,
  startsAt: dayjs(meeting.startsAt),
  regionCodes: meeting.regions.map(({ code }) => code),
  suggestionPolicy: meeting.suggestionPolicy,
  agenda: meeting.agenda,
  sites: meeting.sites,
})

/** The form's fields as the command takes them; the form has made sure that every site has a region. */
export const planOf = ({ startsAt, sites, ...fields }: PlanFields) => ({
  ...fields,
  startsAt: startsAt.toISOString(),
  sites: sites.map(({ regionCode = '', ...site }) => ({ ...site, regionCode })),
})
