import type { Meeting } from '../../shared/meetings.ts'
import { headOf, type MinutesNode } from '../../shared/minutes.ts'
import { type MinutesForm, paperNumber } from '../../shared/minutes-form.ts'
import type { CitationStanding } from '../../shared/minutes-published.ts'
import type { MinutesState } from '../../shared/minutes-stages.ts'
import { dateOnPaper } from '../../shared/on-paper.ts'
import type { SpeakingTimes } from '../../shared/speaking-times.ts'
import { blocksOfAll, type Pictures } from './minutes-blocks.ts'
import { numberHeadings, type Paper, type PaperBlock, plainPaper } from './paper.ts'
import { timeTables } from './time-tables.ts'
import { dayOnPaper, words } from './words.ts'

type Parts = {
  meeting: Meeting
  document: MinutesNode
  pictures: Pictures
  /** What stands behind cited suggestions. */
  standings: readonly CitationStanding[]
  times: SpeakingTimes
  /** What stands around the text; null where nobody has filled it in. */
  form: MinutesForm | null
  state: Pick<MinutesState, 'stage' | 'edition' | 'lockedAt'>
  /** Whose paper it is, the first region's committee first. */
  bodies: string[]
}

/** The minutes as an official paper. */
export function minutesPaper({ meeting, document, pictures, standings, times, form, state, bodies }: Parts): Paper {
  const head = headOf(document)
  const around = { pictures, standings: new Map(standings.map((standing) => [standing.suggestionId, standing])) }
  const paper = plainPaper({
    mark: words.minutes,
    title: head?.title || meeting.title,
    blocks: [...(head ? [] : meetingFields(meeting)), ...numberHeadings(blocksOfAll(document.content ?? [], around))],
  })
  return {
    ...paper,
    ...signing(state, form, bodies),
    recipients: form?.recipients ?? [],
    urgency: form?.urgency ? words.urgency[form.urgency] : '',
    attachments: timeTables(times),
    attendance: head?.present ? [{ name: words.present, text: head.present }] : [],
  }
}

/** What only signed minutes have; in the place of the number stands what the others are. 7.3.5.4: the day of the last signature. */
function signing({ stage, edition, lockedAt }: Parts['state'], form: MinutesForm | null, bodies: string[]): Partial<Paper> {
  const number = form?.number ? paperNumber(form.number) : ''
  if (stage !== 'signed' || lockedAt === null) return { number: number + words.unsigned }
  const date = dayOnPaper(lockedAt)
  const senders = form && form.senders.length > 0 ? form.senders : bodies
  const printedOn = form?.printedOn ? dayOnPaper(`${form.printedOn}T04:00:00Z`) : date
  return {
    number: edition === 1 ? number : number + words.edition(edition),
    signed: { bodies: senders, date },
    colophon: { copiesTo: form?.copies ?? bodies.slice(1), printedBy: senders[0] ?? '', printedOn },
  }
}

/** When and where a meeting was, as the head of a paper says it. */
export const meetingFields = (meeting: Meeting): PaperBlock[] => [
  { kind: 'field', name: words.time, text: dateOnPaper(meeting.openedAt ?? meeting.startsAt) },
  { kind: 'field', name: words.regions, text: meeting.regions.map((region) => region.path.join('')).join('、') },
  { kind: 'field', name: words.sites, text: meeting.sites.map((site) => site.name).join('、') },
]
