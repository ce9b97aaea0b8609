import { v7 } from 'uuid'
import { accounts } from '../../server/identity/schema.ts'
import { stances } from '../../server/stances/schema.ts'
import type { Stance } from '../../shared/stances.ts'
import type { TestApp } from '../support/app.ts'

/** Somebody who was made at a time of the past, without signing in. */
export async function voter(app: Pick<TestApp, 'db'>, madeAtMs: number): Promise<string> {
  const id = v7({ msecs: madeAtMs })
  await app.db.reader.insert(accounts).values({ id, name: '', email: `${id}@visitors.invalid`, isAnonymous: true })
  return id
}

/** Votes as if they had been given, so many milliseconds apart. */
export async function giveVotes(
  app: Pick<TestApp, 'db'>,
  accountId: string,
  cards: readonly string[],
  stanceOf: (card: number) => Stance,
  fromMs: number,
  gapMs: number,
) {
  await app.db.reader.insert(stances).values(
    cards.map((suggestionId, card) => ({
      suggestionId,
      accountId,
      stance: stanceOf(card),
      at: new Date(fromMs + card * gapMs).toISOString(),
      commandId: v7(),
    })),
  )
}
