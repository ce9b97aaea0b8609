import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { Meeting } from '../../shared/meetings.ts'
import { minutesField } from '../../shared/minutes.ts'
import { stranger } from '../../shared/policy.ts'
import type { Db, Reader } from '../db/db.ts'
import { blockOf } from './blocks.ts'
import { endOfSection, holds } from './placing.ts'
import { type TakenKind, takenIn } from './schema.ts'
import type { MinutesService } from './service.ts'
import type { RecordEntry } from './trail.ts'

/** Something of a meeting that is over and belongs in its minutes. */
export type Outcome = {
  id: string
  agendaItemId: string | null
  at: string
  block: { type: string; attrs: Record<string, unknown> }
}

/** Where outcomes of one kind come from. */
export type OutcomeSource = {
  kind: TakenKind
  /** Everything of that kind that is over in a meeting. */
  over(reader: Reader, meeting: Meeting): Promise<Outcome[]>
  /** Which attribute of the block names the outcome: what a recorder has cited already is not written twice. */
  idIn: string
}

type Deps = {
  db: Db
  audit: { record: RecordEntry }
  meetingOf(meetingId: string): Promise<Meeting>
  sources: readonly OutcomeSource[]
  minutes: Pick<MinutesService, 'onOpened' | 'write'>
  log: Logger
}

/** Another node was faster. */
class AlreadyTaken extends Error {}

/**
 * Takes speeches, votes, polls and what groups came to into the minutes as they end, each as a block under its agenda item. What
 * ended while nobody had begun the minutes, or was missed because the program died, is taken in when they are opened next.
 */
export function createTakingIn({ db, audit, meetingOf, sources, minutes, log }: Deps) {
  const underWay = new Map<string, { done: Promise<void>; again: boolean }>()

  /** What is over and not yet taken in, the oldest first. */
  async function due(reader: Reader, meeting: Meeting) {
    const over: (Outcome & Pick<OutcomeSource, 'kind' | 'idIn'>)[] = []
    for (const { kind, idIn, over: find } of sources)
      for (const outcome of await find(reader, meeting)) over.push({ ...outcome, kind, idIn })
    if (over.length === 0) return []
    const known = await reader.select().from(takenIn).where(eq(takenIn.meetingId, meeting.id))
    const taken = new Set(known.map(({ kind, subjectId }) => `${kind} ${subjectId}`))
    return over.filter(({ kind, id }) => !taken.has(`${kind} ${id}`)).sort((one, other) => (one.at < other.at ? -1 : 1))
  }

  async function takeIn(meetingId: string) {
    const meeting = await meetingOf(meetingId)
    const outcomes = await due(db.reader, meeting)
    if (outcomes.length === 0) return
    await minutes.write(
      meetingId,
      (doc) => {
        const body = doc.getXmlFragment(minutesField)
        for (const outcome of outcomes) if (!holds(body, outcome.idIn, outcome.id)) insertOutcome(body, outcome, meeting)
      },
      async (tx) => {
        const rows = outcomes.map(({ kind, id }) => ({ meetingId, kind, subjectId: id }))
        const inserted = await tx.insert(takenIn).values(rows).onConflictDoNothing().returning()
        if (inserted.length < rows.length) throw new AlreadyTaken()
        await audit.record(tx, stranger, 'minutes:take-in', meetingId, { taken: rows.map(({ kind, subjectId }) => ({ kind, subjectId })) })
      },
    )
  }

  /** One after the other for a meeting; of all who ask while one is under way the next one is for all. */
  function soon(meetingId: string) {
    const round = underWay.get(meetingId)
    if (round) {
      round.again = true
      return
    }
    const begun = { again: false, done: Promise.resolve() }
    begun.done = takeIn(meetingId)
      .catch((error: unknown) => {
        if (!(error instanceof AlreadyTaken))
          log.warn({ err: error, meetingId }, 'what ended did not reach the minutes; it will when they are opened')
      })
      .finally(() => {
        underWay.delete(meetingId)
        if (begun.again) soon(meetingId)
      })
    underWay.set(meetingId, begun)
  }

  minutes.onOpened(soon)

  return {
    /** To be called when something may be over. */
    soon,
    async close() {
      while (underWay.size > 0) await Promise.all([...underWay.values()].map(({ done }) => done))
    },
  }
}

function insertOutcome(body: Y.XmlFragment, { agendaItemId, block }: Outcome, meeting: Meeting) {
  const item = meeting.agenda.find(({ id }) => id === agendaItemId)
  body.insert(endOfSection(body.toArray(), item), [blockOf(block.type, block.attrs)])
}
