import type { Meeting } from '../../shared/meetings.ts'
import { enter } from '../media/joining.ts'
import { microphone } from '../media/wishes.ts'
import type { TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import type { Person } from '../support/people.ts'

type Front = Pick<TestApp, 'url' | 'db' | 'person'>
/** What one join costs on its socket, from the connect to the second answer. */
export type JoinCost = { present: number; requests: number; framesUp: number; framesDown: number; bytesUp: number; bytesDown: number }

/** Counts what passes a person's socket. Node's client sends every frame as text: its bytes are those of the words. */
function countFrames(person: Person) {
  const counts = { requests: 0, framesUp: 0, framesDown: 0, bytesUp: 0, bytesDown: 0 }
  const bytes = (data: unknown) => (typeof data === 'string' ? Buffer.byteLength(data) + 1 : 1)
  const { engine } = person.socket.io
  engine.on('packetCreate', ({ data }: { data?: unknown }) => {
    counts.framesUp++
    counts.bytesUp += bytes(data)
    // A Socket.IO event (2) that wants an answer carries its number: 2<number>["name",…].
    if (typeof data === 'string' && /^2\d+\[/.test(data)) counts.requests++
  })
  engine.on('packet', ({ data }: { data?: unknown }) => {
    counts.framesDown++
    counts.bytesDown += bytes(data)
  })
  return counts
}

/** A meeting that people can join, and a way to bring one more in, each with a microphone. */
export async function prepareMeeting(front: Front) {
  await addRegions(front)
  const secretary = await front.person({ grants: [inRegion('secretary', districts.nanxun)] })
  const meeting = await makeMeeting(secretary)
  return { meeting, member: (name: string) => front.person({ name, grants: [inMeeting('member', meeting.id)] }) }
}

async function measureJoin(person: Person, meeting: Meeting, present: number): Promise<JoinCost> {
  const counts = countFrames(person)
  await enter(person, meeting, [microphone()])
  return { present, ...counts }
}

/** Brings so many people in one after the other, and gives what each cost. */
export async function measureJoins(front: Front, people: number): Promise<JoinCost[]> {
  const { meeting, member } = await prepareMeeting(front)
  const costs: JoinCost[] = []
  for (let present = 0; present < people; present++) costs.push(await measureJoin(await member(`委员${present + 1}`), meeting, present))
  return costs
}

/** So many people, connected already, ask to join at once: how long each waits for its second answer, in milliseconds. */
export async function measureCrowd(front: Front, people: number): Promise<number[]> {
  const { meeting, member } = await prepareMeeting(front)
  const crowd: Person[] = []
  for (let index = 0; index < people; index++) crowd.push(await member(`委员${index + 1}`))
  await Promise.all(
    crowd.map(({ socket }) => new Promise<void>((resolve) => (socket.connected ? resolve() : socket.once('connect', resolve)))),
  )
  const begun = performance.now()
  return Promise.all(
    crowd.map(async (person) => {
      await enter(person, meeting, [microphone()])
      return performance.now() - begun
    }),
  )
}
