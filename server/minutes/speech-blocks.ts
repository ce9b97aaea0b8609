import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import * as Y from 'yjs'
import type { Speech } from '../../shared/floor.ts'
import type { AgendaItem, Meeting } from '../../shared/meetings.ts'
import { minutesField } from '../../shared/minutes.ts'
import { stranger } from '../../shared/policy.ts'
import { speechCitation } from '../../shared/speech-citation.ts'
import type { Db, Reader } from '../db/db.ts'
import type { FloorService } from '../floor/service.ts'
import { blockOf } from './blocks.ts'
import { minutesSpeeches } from './schema.ts'
import type { MinutesService } from './service.ts'
import type { RecordEntry } from './trail.ts'

type Deps = {
  db: Db
  audit: { record: RecordEntry }
  meetingOf(meetingId: string): Promise<Meeting>
  floor: Pick<FloorService, 'onChange' | 'spoken'>
  minutes: Pick<MinutesService, 'onOpened' | 'write'>
  log: Logger
}

/** Another node was faster. */
class AlreadyTaken extends Error {}

/**
 * Takes speeches into the minutes as they end, each as a block under its agenda item. What ended while nobody had begun the
 * minutes, or was missed because the program died, is taken in when they are opened next.
 */
export function createSpeechBlocks({ db, audit, meetingOf, floor, minutes, log }: Deps) {
  const underWay = new Map<string, Promise<void>>()

  async function due(reader: Reader, meetingId: string): Promise<Speech[]> {
    const spoken = (await floor.spoken(reader, meetingId)).filter(({ endedAt }) => endedAt !== null)
    if (spoken.length === 0) return []
    const known = await reader
      .select({ id: minutesSpeeches.speechId })
      .from(minutesSpeeches)
      .where(eq(minutesSpeeches.meetingId, meetingId))
    const taken = new Set(known.map(({ id }) => id))
    return spoken.filter(({ id }) => !taken.has(id))
  }

  async function takeIn(meetingId: string) {
    const speeches = await due(db.reader, meetingId)
    if (speeches.length === 0) return
    const meeting = await meetingOf(meetingId)
    await minutes.write(
      meetingId,
      (doc) => {
        for (const speech of speeches) insertSpeech(doc, speech, meeting)
      },
      async (tx) => {
        const rows = speeches.map(({ id }) => ({ meetingId, speechId: id }))
        const inserted = await tx.insert(minutesSpeeches).values(rows).onConflictDoNothing().returning()
        if (inserted.length < rows.length) throw new AlreadyTaken()
        await audit.record(tx, stranger, 'minutes:take-in', meetingId, { speechIds: rows.map(({ speechId }) => speechId) })
      },
    )
  }

  /** One after the other for a meeting. */
  function soon(meetingId: string) {
    const next = (underWay.get(meetingId) ?? Promise.resolve())
      .then(() => takeIn(meetingId))
      .catch((error: unknown) => {
        if (!(error instanceof AlreadyTaken))
          log.warn({ err: error, meetingId }, 'a speech did not reach the minutes; it will when they are opened')
      })
      .finally(() => {
        if (underWay.get(meetingId) === next) underWay.delete(meetingId)
      })
    underWay.set(meetingId, next)
  }

  floor.onChange(({ meetingId }) => soon(meetingId))
  minutes.onOpened(soon)

  return {
    async close() {
      await Promise.all(underWay.values())
    },
  }
}

/** At the end of its agenda item's section, before an empty paragraph that waits there for the recorder; else at the very end. */
function insertSpeech(doc: Y.Doc, speech: Speech, meeting: Meeting) {
  const body = doc.getXmlFragment(minutesField)
  const item = meeting.agenda.find(({ id }) => id === speech.agendaItemId)
  body.insert(placeIn(body.toArray(), item), [blockOf('speechCitation', speechCitation(speech, meeting))])
}

/** The heading of an agenda item is known by its id; minutes of before that had one, by its words. */
function placeIn(blocks: ReturnType<Y.XmlFragment['toArray']>, item: AgendaItem | undefined): number {
  const byId = item ? blocks.findIndex((block) => isHeading(block) && block.getAttribute('agendaItemId') === item.id) : -1
  const heading = item && byId < 0 ? blocks.findIndex((block) => isHeading(block) && wordsOf(block) === item.title) : byId
  const next = blocks.findIndex((block, place) => place > heading && isHeading(block))
  let end = heading < 0 || next < 0 ? blocks.length : next
  while (end > heading + 1 && isEmptyParagraph(blocks[end - 1])) end -= 1
  return end
}

type Block = ReturnType<Y.XmlFragment['toArray']>[number] | undefined

const isHeading = (block: Block): block is Y.XmlElement => block instanceof Y.XmlElement && block.nodeName === 'heading'
const wordsOf = (block: Block) =>
  block instanceof Y.XmlElement
    ? block
        .toArray()
        .map((child) => (child instanceof Y.XmlText ? plain(child) : ''))
        .join('')
    : ''
const plain = (text: Y.XmlText) =>
  (text.toDelta() as { insert: unknown }[]).map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
const isEmptyParagraph = (block: Block) => block instanceof Y.XmlElement && block.nodeName === 'paragraph' && wordsOf(block) === ''
