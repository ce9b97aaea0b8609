import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { line } from './text.ts'

export const urgencies = ['urgent', 'very-urgent'] as const
export const audiences = ['public', 'participants'] as const

/** 发文字号: who sends it in short, the year, and the how manieth paper of that year it is. */
export const paperNumberSchema = z.object({
  prefix: line(20),
  year: z.number().int().min(2000).max(2199),
  serial: z.number().int().min(1).max(99_999),
})
export type PaperNumber = z.infer<typeof paperNumberSchema>

const names = z.array(line(60)).max(50)

/** What stands around the text of the minutes when they go out as an official paper, and who may read them. */
export const minutesFormSchema = z.object({
  number: paperNumberSchema.nullable(),
  /** None stands for the committees of the co-hosting regions. */
  senders: names,
  /** 主送 */
  recipients: names,
  /** 抄送 */
  copies: names,
  urgency: z.enum(urgencies).nullable(),
  /** 印发日期; null for the day of the last signature. */
  printedOn: z.iso.date().nullable(),
  audience: z.enum(audiences),
})
export type MinutesForm = z.infer<typeof minutesFormSchema>

export const emptyForm: MinutesForm = {
  number: null,
  senders: [],
  recipients: [],
  copies: [],
  urgency: null,
  printedOn: null,
  audience: 'public',
}

/** 湖协纪〔2026〕3号 */
export const paperNumber = ({ prefix, year, serial }: PaperNumber) => `${prefix}〔${year}〕${serial}号`

export const minutesFormStateSchema = z.object({
  /** Null while nobody has filled it in. */
  form: minutesFormSchema.nullable(),
  /** The next free number as the region has been counting. */
  proposed: paperNumberSchema,
})

const ofMeeting = z.object({ meetingId: z.uuid() })

export const minutesFormCommands = {
  /** Ends the signatures that stand: they were given to a paper that read otherwise. Refused once the minutes are locked. */
  'minutes:set-form': { input: ofMeeting.extend({ form: minutesFormSchema }), output: minutesFormStateSchema },
} satisfies CommandTable

export const minutesFormQueries = {
  'minutes-form': { path: '/api/meetings/:meetingId/minutes/form', input: ofMeeting, output: minutesFormStateSchema },
} satisfies QueryTable
