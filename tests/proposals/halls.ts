import { v7 } from 'uuid'
import { participants } from '../../server/meetings/schema.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Proposal, ProposalSummary } from '../../shared/proposals.ts'
import type { RegionSetting } from '../../shared/settings.ts'
import type { TestApp } from '../support/app.ts'
import { districts, oneReviewer } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

/** Words that keep every standard rule; the sources are whatever is given. */
export const draftFor = (meeting: Meeting, changes: Partial<ReturnType<typeof plain>> = {}) => ({ ...plain(meeting.id), ...changes })
const plain = (meetingId: string) => ({
  id: v7(),
  meetingId,
  title: '渡口夜间照明改造',
  body: '渡口夜间昏暗，建议年内完成照明改造。',
  measures: ['安装路灯十二盏'] as string[],
  suggestionIds: [] as string[],
  blockIds: [] as string[],
  voteIds: [] as string[],
  themeIds: [] as string[],
  textVersion: 0,
})

export const read = (person: Person, proposalId: string) => person.get<Proposal>(`/api/proposals/${proposalId}`)
export const list = (person: Person, search = '') => person.get<ProposalSummary[]>(`/api/proposals${search}`)

/** Takes part in the meeting, as somebody who has been in its room. */
export const seat = (app: TestApp, meeting: Meeting, { accountId, name }: Person) =>
  app.db.reader
    .insert(participants)
    .values({ id: v7(), meetingId: meeting.id, accountId: accountId!, name, role: 'member' })
    .onConflictDoNothing()

/** Two people have to review in Nanxun, and what else is set. */
export async function rule(secretary: Person, changes: Partial<typeof oneReviewer>, regionCode = districts.nanxun) {
  const { own } = await secretary.get<{ own: RegionSetting }>(`/api/regions/${regionCode}/settings/proposals`)
  const setting = { regionCode, key: 'proposals' as const, version: own.version }
  return value(await secretary.post('setting:set', { ...setting, value: { ...oneReviewer, sameReviewer: false, ...changes } }))
}
