import { v7 } from 'uuid'
import type { Meeting } from '../../shared/meetings.ts'
import type { TestApp } from '../support/app.ts'
import { value } from '../support/people.ts'
import { fixture, unseen } from './fixture.ts'

/** A meeting that hall and phones are busy in: every suggestion of the fixture, supported and judged by a crowd of visitors. */
export async function fillWithVoices(app: TestApp, meeting: Meeting, visitors = 8): Promise<string[]> {
  const people = await Promise.all(Array.from({ length: visitors }, () => app.visitor()))
  const ids = await Promise.all(
    [...fixture, ...unseen].map(async ({ text }, at) => {
      const author = people[at % people.length]!
      return value(await author.post('suggestion:post', { id: v7(), meetingId: meeting.id, text })).suggestion.id
    }),
  )
  await Promise.all(
    people.map(async (person, who) => {
      for (const [at, suggestionId] of ids.entries()) {
        if (at % people.length === who) continue
        if ((at * 7 + who * 3) % 11 < 4) await person.post('suggestion:support', { suggestionId, supported: true })
        if (at % 9 === 0) await person.post('stance:give', { suggestionId, stance: (at + who) % 2 ? 'agree' : 'disagree' })
        if (at % 9 === 1) await person.post('stance:give', { suggestionId, stance: 'agree' })
      }
    }),
  )
  await app.services.topics.themes.groupNow(meeting.id)
  return ids
}
