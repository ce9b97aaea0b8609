import type { AssignmentStatus } from './assignment-machine.ts'
import type { Colour } from './clocks.ts'
import type { LedgerField, PastColumn } from './ledger.ts'

/* Words that stand on screens and in spreadsheets alike. */

type Languages = 'zh-CN' | 'en'

export const assignmentStatusWords: Record<Languages, Record<AssignmentStatus, string>> = {
  'zh-CN': {
    issued: '待签收',
    signed: '办理中',
    drafted: '待签发',
    countersigned: '已会签',
    replied: '已答复',
    accepted: '答复已审核',
    returned: '已退办',
    closed: '已办结',
    registered: '登记造册',
  },
  en: {
    issued: 'To be signed',
    signed: 'In progress',
    drafted: 'With the head',
    countersigned: 'Counter-signed',
    replied: 'Replied',
    accepted: 'Reply accepted',
    returned: 'Sent back',
    closed: 'Done with',
    registered: 'Registered',
  },
}

export const colourWords: Record<Languages, Record<Colour, string>> = {
  'zh-CN': { green: '按期', yellow: '临期', red: '逾期' },
  en: { green: 'on time', yellow: 'due soon', red: 'overdue' },
}

/** What a line of the ledger can tell: to be chosen for an export, and its headings. */
export const ledgerFieldWords: Record<Languages, Record<LedgerField, string>> = {
  'zh-CN': {
    number: '编号',
    title: '标题',
    body: '建议内容',
    meeting: '协商会',
    proposer: '提出人',
    year: '年度',
    region: '行政区划',
    department: '承办单位',
    state: '办理情况',
    colour: '期限状态',
    due: '截止日期',
    grade: '办理等次',
    reply: '答复',
    created: '形成日期',
    changed: '最近变动',
  },
  en: {
    number: 'Number',
    title: 'Title',
    body: 'Text',
    meeting: 'Meeting',
    proposer: 'Proposer',
    year: 'Year',
    region: 'Region',
    department: 'Department',
    state: 'State',
    colour: 'Deadline',
    due: 'Due',
    grade: 'Grade',
    reply: 'Reply',
    created: 'Made',
    changed: 'Last changed',
  },
}

/** The headings of a spreadsheet of earlier years, by which the report of its check names a column too. */
export const pastColumnWords: Record<Languages, Record<PastColumn, string>> = {
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
