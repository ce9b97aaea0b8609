import type { Meeting } from '../../shared/meetings.ts'
import { headOf, type MinutesNode } from '../../shared/minutes.ts'
import { dateOnPaper } from '../../shared/on-paper.ts'
import type { SpeakingTimes } from '../../shared/speaking-times.ts'
import { blocksOfAll, type Pictures } from './minutes-blocks.ts'
import { numberHeadings, type Paper, type PaperBlock, plainPaper } from './paper.ts'
import { timeTables } from './time-tables.ts'
import { words } from './words.ts'

type Parts = { meeting: Meeting; document: MinutesNode; pictures: Pictures; times: SpeakingTimes }

/** The minutes as an official paper. */
export function minutesPaper({ meeting, document, pictures, times }: Parts): Paper {
  const head = headOf(document)
  const paper = plainPaper({
    mark: words.minutes,
    title: head?.title || meeting.title,
    blocks: [...(head ? [] : meetingFields(meeting)), ...numberHeadings(blocksOfAll(document.content ?? [], pictures))],
  })
  return { ...paper, attachments: timeTables(times), attendance: head?.present ? [{ name: words.present, text: head.present }] : [] }
}

/** When and where a meeting was, as the head of a paper says it. */
export const meetingFields = (meeting: Meeting): PaperBlock[] => [
  { kind: 'field', name: words.time, text: dateOnPaper(meeting.openedAt ?? meeting.startsAt) },
  { kind: 'field', name: words.regions, text: meeting.regions.map((region) => region.path.join('')).join('、') },
  { kind: 'field', name: words.sites, text: meeting.sites.map((site) => site.name).join('、') },
]
