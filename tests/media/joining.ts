import { v7 } from 'uuid'
import type { ConsumerInfo, Joined, MediaDirect, ProduceWish } from '../../shared/media.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { connectWish } from './wishes.ts'

export const joinWish = (meeting: Meeting, changes: Partial<{ joinId: string; siteId: string | null; name: string }> = {}) => ({
  meetingId: meeting.id,
  joinId: v7(),
  siteId: meeting.sites[0]?.id ?? null,
  ...changes,
})

/** Both round trips. */
export async function enter(
  person: Person,
  meeting: Meeting,
  produce: ProduceWish[] = [],
  joinId: string = v7(),
): Promise<{ joined: Joined; consumers: ConsumerInfo[]; joinId: string }> {
  const joined = value(await person.ask('room:join', joinWish(meeting, { joinId })))
  const { consumers } = value(await person.ask('room:connect', connectWish(joined, produce)))
  return { joined, consumers, joinId }
}

/** The next message to this connection alone. Ask for it before causing it. */
export function nextDirect<K extends keyof MediaDirect>(person: Person, wanted: K): Promise<MediaDirect[K]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${wanted} came`)), 10_000)
    const listener = (name: string, payload: unknown) => {
      if (name !== wanted) return
      clearTimeout(timer)
      person.socket.off('direct', listener)
      // Typed where it is sent; in between only the name is known.
      resolve(payload as MediaDirect[K])
    }
    person.socket.on('direct', listener)
  })
}
