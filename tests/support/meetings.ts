import { v7 } from 'uuid'
import { regionSettings } from '../../server/regions/schema.ts'
import { upsertRegions } from '../../server/regions/store.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Grant, Role } from '../../shared/policy.ts'
import { standardProposalRules } from '../../shared/proposal-rules.ts'
import type { TestApp } from './app.ts'
import { type Person, value } from './people.ts'

/** Two districts of two provinces, with what lies above them. */
export const districts = { nanxun: '330503', wujiang: '320509' }

export async function addRegions(app: Pick<TestApp, 'db'>) {
  await upsertRegions(app.db.reader, [
    { code: '33', name: '浙江省', parentCode: null },
    { code: '3305', name: '湖州市', parentCode: '33' },
    { code: '330503', name: '南浔区', parentCode: '3305' },
    { code: '32', name: '江苏省', parentCode: null },
    { code: '3205', name: '苏州市', parentCode: '32' },
    { code: '320509', name: '吴江区', parentCode: '3205' },
  ])
  // So that one secretary makes a recommendation that can be issued at once.
  await app.db.reader
    .insert(regionSettings)
    .values(['33', '32'].map((regionCode) => ({ regionCode, key: 'proposals' as const, value: oneReviewer, version: 1 })))
    .onConflictDoNothing()
}

/** The standard rules but that one person may do both reviews. */
export const oneReviewer = { ...standardProposalRules, sameReviewer: true }

export const inRegion = (role: Role, regionCode: string): Grant => ({ role, scope: { kind: 'region', regionCode } })
export const inMeeting = (role: Role, meetingId: string): Grant => ({ role, scope: { kind: 'meeting', meetingId } })
export const inOrganization = (role: Role, organizationId: string): Grant => ({ role, scope: { kind: 'organization', organizationId } })

export const plan = () => ({
  title: '界河共治与渡口公交联合协商会',
  startsAt: '2026-11-23T06:00:00.000Z',
  regionCodes: [districts.nanxun, districts.wujiang],
  suggestionPolicy: 'approval' as Meeting['suggestionPolicy'],
  agenda: [
    { id: v7(), title: '界河水质', minutes: 30 },
    { id: v7(), title: '渡口与公交', minutes: 30 },
  ],
  sites: [
    { id: v7(), name: '南浔主会场', regionCode: districts.nanxun, kind: 'main' as const },
    { id: v7(), name: '吴江分会场', regionCode: districts.wujiang, kind: 'branch' as const },
  ],
})

/** A joint meeting of both districts, live unless told otherwise. Needs `addRegions` and a secretary or moderator. */
export async function makeMeeting(
  secretary: Person,
  { live = true, ...changes }: { live?: boolean } & Partial<ReturnType<typeof plan>> = {},
): Promise<Meeting> {
  const meeting = value(await secretary.ask('meeting:create', { id: v7(), ...plan(), ...changes }))
  return live ? value(await secretary.ask('meeting:open', { meetingId: meeting.id })) : meeting
}

/** Lets everybody in a meeting open the microphone, as its chair may: else only whoever is given the word is heard. */
export async function freeDiscussion(app: Pick<TestApp, 'person'>, meeting: Meeting): Promise<Meeting> {
  const chair = await app.person({ name: '主持', grants: [inMeeting('moderator', meeting.id)] })
  value(await chair.post('floor:mode', { meetingId: meeting.id, mode: 'free' }))
  return meeting
}
