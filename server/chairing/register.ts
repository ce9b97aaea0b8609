import { asc, eq } from 'drizzle-orm'
import type { AttendanceRow } from '../../shared/chairing.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Reader } from '../db/db.ts'
import { participantSpans, participants } from '../meetings/schema.ts'
import { readPaths } from '../regions/store.ts'

/** The register of those present: everybody who was in the room, with the times between which they were. */
export async function readRegister(reader: Reader, meeting: Meeting, now: Date): Promise<AttendanceRow[]> {
  const rows = await reader
    .select({ participant: participants, span: participantSpans })
    .from(participants)
    .innerJoin(participantSpans, eq(participantSpans.participantId, participants.id))
    .where(eq(participants.meetingId, meeting.id))
    .orderBy(asc(participants.id), asc(participantSpans.from))
  const paths = await readPaths(
    reader,
    meeting.sites.map((site) => site.regionCode),
  )
  const byPerson = Map.groupBy(rows, ({ participant }) => participant.id)
  return [...byPerson.values()].map((own) => {
    const { id, name, role, voter, siteId } = own[0]!.participant
    const site = meeting.sites.find((one) => one.id === siteId)
    const spans = own.map(({ span: { from, to } }) => ({ from, to }))
    return {
      participantId: id,
      name,
      role,
      voter,
      siteName: site?.name ?? null,
      regionCode: site?.regionCode ?? null,
      regionPath: (site && paths.get(site.regionCode)) ?? [],
      spans,
      seconds: Math.round(spans.reduce((sum, { from, to }) => sum + lengthMs(from, to, now), 0) / 1_000),
    }
  })
}

const lengthMs = (from: string, to: string | null, now: Date) => Math.max(0, (to ? Date.parse(to) : now.getTime()) - Date.parse(from))
