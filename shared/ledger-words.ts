import type { PastColumn } from './ledger.ts'

/** The headings of a spreadsheet of earlier years, by which the report of its check names a column too. */
export const pastColumnWords: Record<'zh-CN' | 'en', Record<PastColumn, string>> = {
  'zh-CN': {
    number: '编号',
    title: '标题',
    body: '建议内容',
    meeting: '协商会',
    proposer: '提出人',
    departments: '承办单位',
    recommendedOn: '形成日期',
    repliedOn: '答复日期',
    grade: '办理等次',
    reply: '答复',
  },
  en: {
    number: 'Number',
    title: 'Title',
    body: 'Text',
    meeting: 'Meeting',
    proposer: 'Proposer',
    departments: 'Departments',
    recommendedOn: 'Made on',
    repliedOn: 'Replied on',
    grade: 'Grade',
    reply: 'Reply',
  },
}
