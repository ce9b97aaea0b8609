import { v7 } from 'uuid'
import { accounts } from '../../server/identity/schema.ts'
import { stances } from '../../server/stances/schema.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { TestApp } from '../support/app.ts'
import { type Person, value } from '../support/people.ts'
import { type Planting, plant } from './planted.ts'

const stanceOf = { '-1': 'disagree', '0': 'pass', '1': 'agree' } as const

/** Posts these suggestions, and fills the hall: people of planted groups who have voted on them, written where their phones' votes would be. */
export async function fillWithVoters(
  app: TestApp,
  poster: Person,
  meeting: Meeting,
  texts: readonly string[],
  planting: Omit<Planting, 'suggestions'>,
) {
  const suggestionIds: string[] = []
  for (const text of texts) {
    suggestionIds.push(value(await poster.post('suggestion:post', { id: v7(), meetingId: meeting.id, text })).suggestion.id)
  }
  const { log, groupOf } = plant({ ...planting, suggestions: texts.length })
  const voters = groupOf.map(() => v7())
  await app.db.reader.insert(accounts).values(voters.map((id) => ({ id, name: '', email: `${id}@phone.invalid`, isAnonymous: true })))
  const rows = Array.from(log.rows, (row, entry) => ({
    suggestionId: suggestionIds[log.columns[entry]!]!,
    accountId: voters[row]!,
    stance: stanceOf[String(log.votes[entry]) as keyof typeof stanceOf],
    at: new Date().toISOString(),
    commandId: v7(),
  }))
  for (let from = 0; from < rows.length; from += 2_000) await app.db.reader.insert(stances).values(rows.slice(from, from + 2_000))
  return { suggestionIds, voters, groupOf }
}
