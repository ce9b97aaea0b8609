import { v7 } from 'uuid'
import type { Floor } from '../../shared/floor.ts'
import type { Participant, ProduceWish } from '../../shared/media.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { connectWish, microphone } from '../media/wishes.ts'
import type { TestApp } from '../support/app.ts'
import { inMeeting, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

export type Inside = { person: Person; id: string; voice: ProduceWish }

/** A live meeting with its chair in the room. */
export async function chairedMeeting(app: TestApp, secretary: Person) {
  const meeting = await makeMeeting(secretary)
  const person = await app.person({ name: '主持人', grants: [inMeeting('moderator', meeting.id)] })
  return { meeting, chair: await come(person, meeting) }
}

/** Somebody in the room, with a microphone that is ready. */
export async function member(app: TestApp, meeting: Meeting, name: string, site: number | null = 0, changes: Partial<ProduceWish> = {}) {
  return come(await app.person({ name, grants: [inMeeting('member', meeting.id)] }), meeting, site, changes)
}

export async function come(person: Person, meeting: Meeting, site: number | null = 0, changes: Partial<ProduceWish> = {}): Promise<Inside> {
  const siteId = site === null ? null : meeting.sites[site]!.id
  const joined = value(await person.ask('room:join', { meetingId: meeting.id, joinId: v7(), siteId }))
  const voice = microphone(changes)
  value(await person.ask('room:connect', connectWish(joined, [voice])))
  return { person, id: joined.self.id, voice }
}

/** The next time that somebody's microphone is told to be so. */
export const hears = (who: Inside, of: Inside, state: Participant['microphone']) =>
  who.person.next('participant:changed', ({ id, microphone }) => id === of.id && microphone === state)

export const ask = async ({ person }: Inside, { id: meetingId }: Meeting, kind: Floor['requests'][number]['kind'] = 'contribution') => {
  const id = v7()
  value(await person.ask('floor:request', { id, meetingId, kind }))
  return id
}

export const give = async (chair: Inside, { id: meetingId }: Meeting, requestId: string) =>
  value(await chair.person.ask('floor:give', { meetingId, requestId, speechId: v7() }))

export const call = async (chair: Inside, { id: meetingId }: Meeting, who: Inside) =>
  value(await chair.person.ask('floor:call', { meetingId, participantId: who.id, speechId: v7() }))
