import type { Colour } from '../../shared/clocks.ts'
import type { LedgerField, LedgerState, PastColumn } from '../../shared/ledger.ts'
import { assignmentStatusWords, colourWords, ledgerFieldWords, pastColumnWords } from '../../shared/ledger-words.ts'

export const exportLanguages = ['zh-CN', 'en'] as const
export type ExportLanguage = (typeof exportLanguages)[number]

type Words = {
  sheet: string
  pastSheet: string
  file: string
  template: string
  fields: Record<LedgerField, string>
  columns: Record<PastColumn, string>
  states: Record<LedgerState, string>
  colours: Record<Colour, string>
  help: string[]
}

/** The words of the spreadsheets, in the language of whoever asks for one. */
export const words: Record<ExportLanguage, Words> = {
  'zh-CN': {
    sheet: '协商建议台账',
    pastSheet: '历年协商建议',
    file: '协商建议台账',
    template: '历年协商建议导入模板',
    fields: ledgerFieldWords['zh-CN'],
    columns: pastColumnWords['zh-CN'],
    states: { 'to-issue': '待交办', ...assignmentStatusWords['zh-CN'], past: '历年' },
    colours: colourWords['zh-CN'],
    help: [
      '第一张表每行一条协商建议，第一行的列名不要改动。',
      '编号、标题、形成日期必填；日期写作 2023-05-06。',
      '同一地区内编号相同的视为同一条，不会重复导入。',
      '承办单位有多个的，写在同一格内，用顿号隔开。',
      '办理等次填 A（已解决）、B（正在解决或列入计划）或 C（暂时不能解决），没有的留空。',
      '一次最多 5000 行，文件不超过 8 MB。',
    ],
  },
  en: {
    sheet: 'Recommendations',
    pastSheet: 'Earlier recommendations',
    file: 'Recommendations',
    template: 'Template for earlier recommendations',
    fields: ledgerFieldWords.en,
    columns: pastColumnWords.en,
    states: { 'to-issue': 'To be issued', ...assignmentStatusWords.en, past: 'Earlier years' },
    colours: colourWords.en,
    help: [
      'One recommendation in each row of the first sheet. Please leave the headings in the first row as they are.',
      'Number, title and the day it was made are needed. Days are written as 2023-05-06.',
      'The same number in one region is the same recommendation, and is not imported twice.',
      'Several departments stand in one cell.',
      'Grades are A (solved), B (being solved or planned) and C (cannot be solved now), or nothing.',
      'At most 5,000 rows and 8 MB at once.',
    ],
  },
}
