import { z } from 'zod'

// What the blocks of the minutes carry beside their words. The form of the whole document is `MinutesNode` in minutes.ts.

/**
 * What the head of the minutes says, in this order. In the document: a block `meetingHead` whose children are `meetingField`s, each
 * with its name and, as its text, what it says. The text is people's to change.
 */
export const headFields = ['title', 'time', 'place', 'regions', 'sites', 'chair', 'quorum', 'present'] as const
export const headFieldSchema = z.enum(headFields)
export type HeadField = z.infer<typeof headFieldSchema>

/** What each field is called in the minutes, which are in Chinese whatever language the reader has chosen. */
export const headFieldNames: Record<HeadField, string> = {
  title: '会议名称',
  time: '时间',
  place: '地点',
  regions: '协商地区',
  sites: '会场',
  chair: '主持人',
  quorum: '法定人数',
  present: '出席人员',
}

export const meetingFieldSchema = z.object({ name: headFieldSchema })

/** What a meeting and its register of attendance say for each field; empty where they say nothing. */
export const minutesHeadSchema = z.record(headFieldSchema, z.string())
export type MinutesHead = z.infer<typeof minutesHeadSchema>

/**
 * A heading. With an `agendaItemId` it begins the section of that agenda item, whatever it reads; the section ends at the next
 * heading of its level or above.
 */
export const headingSchema = z.object({ level: z.number().int().min(1).max(6), agendaItemId: z.uuid().nullish() })

/** `decision` (what was decided) and `recommendationPassage` (what is to become a recommendation) hold words like a paragraph. */
export const wordBlockTypes = ['decision', 'recommendationPassage'] as const

/** What stands before the words of such a block. */
export const wordBlockNames: Record<(typeof wordBlockTypes)[number], string> = { decision: '议定', recommendationPassage: '建议' }

/** A picture, kept by the program: `/api/photos/:photoId`. Its size is that of the file, so that a page keeps the place for it. */
export const imageSchema = z.object({
  photoId: z.uuid(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Stands below the picture, and is read to those who do not see it. */
  caption: z.string(),
})
export type MinutesImage = z.infer<typeof imageSchema>

export const footnoteLength = 1_000

/** A note, in the place where its number stands. Numbers are not stored: they are counted in reading order. */
export const footnoteSchema = z.object({ text: z.string() })

/**
 * A cell of a table (`tableCell`, or `tableHeader` in a head). A `table` has `tableRow`s, a row has cells, and a cell has blocks.
 * A cell that stands in several rows or columns is named in the first of them only.
 */
export const tableCellSchema = z.object({
  colspan: z.number().int().min(1).max(100).default(1),
  rowspan: z.number().int().min(1).max(1_000).default(1),
})
