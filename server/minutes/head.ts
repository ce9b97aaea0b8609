import type { AttendanceRow, Chairing } from '../../shared/chairing.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import type { MinutesHead } from '../../shared/minutes-nodes.ts'
import { dateOnPaper } from '../../shared/on-paper.ts'
import { type Actor, allow, type Role } from '../../shared/policy.ts'
import { readRegister } from '../chairing/register.ts'
import { readChairing } from '../chairing/store.ts'
import type { Db } from '../db/db.ts'

type Deps = { db: Db; meetingOf(meetingId: string): Promise<Meeting>; now: () => Date }

/** What the head of the minutes would say now: for those who write them, as it names who was present. */
export function createMinutesHead({ db, meetingOf, now }: Deps) {
  async function read(meeting: Meeting): Promise<MinutesHead> {
    const chairing = await readChairing(db.reader, meeting.id)
    return headFor(meeting, chairing, await readRegister(db.reader, meeting, now()))
  }
  return {
    read,
    /** @throws AppError `not-allowed` for whoever may not write the minutes. */
    async get(actor: Actor, { meetingId }: { meetingId: string }): Promise<MinutesHead> {
      const meeting = await meetingOf(meetingId)
      allow(actor, 'minutes:edit', subjectOfMeeting(meeting))
      return read(meeting)
    },
  }
}

export type MinutesHeads = ReturnType<typeof createMinutesHead>

/** Who looks on is not named among those present. */
const onlookers: readonly Role[] = ['observer', 'citizen']

export function headFor(
  meeting: Meeting,
  { chair, secondChairs, quorum }: Pick<Chairing, 'chair' | 'secondChairs' | 'quorum'>,
  register: readonly AttendanceRow[],
): MinutesHead {
  const present = register.filter(({ role }) => !onlookers.includes(role))
  const voters = present.filter(({ voter }) => voter).length
  const main = meeting.sites.filter(({ kind }) => kind === 'main')
  return {
    title: meeting.title,
    time: [meeting.openedAt ?? meeting.startsAt, ...(meeting.endedAt ? [meeting.endedAt] : [])].map(dateOnPaper).join('至'),
    place: main.map(({ name }) => name).join('、'),
    regions: meeting.regions.map(({ path }) => path.join('')).join('、'),
    sites: meeting.sites.map(({ name }) => name).join('、'),
    chair: [...new Set([...(chair ? [chair] : []), ...secondChairs].map(({ name }) => name))].join('、'),
    quorum: quorum === null ? '' : `法定人数${quorum}人，出席有表决权者${voters}人`,
    present: presentBySite(present),
  }
}

/** 南浔主会场：钱建国、陆雅琴；吴江分会场：沈一. Who came without a site stands last. */
function presentBySite(rows: readonly AttendanceRow[]): string {
  const bySite = Map.groupBy(rows, ({ siteName }) => siteName ?? '')
  const sites = [...bySite].sort(([one], [other]) => Number(one === '') - Number(other === ''))
  return sites.map(([site, people]) => `${site === '' ? '' : `${site}：`}${people.map(({ name }) => name).join('、')}`).join('；')
}
