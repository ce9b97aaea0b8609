import type { VoteCitation } from '../../shared/minutes.ts'
import type { CitationStanding } from '../../shared/minutes-published.ts'
import { dateOnPaper } from '../../shared/on-paper.ts'
import type { Assignment, Reply } from '../../shared/recommendations.ts'

const suggestionStatus: Record<CitationStanding['status'], string> = {
  pending: '待公开',
  published: '已公开',
  answered: '已答复',
  merged: '已合并',
  hidden: '未公开',
}

/** The words of official papers. They are in Chinese whatever language the person who exports has chosen. */
export const words = {
  minutes: '协商纪要',
  recommendations: '协商建议',
  recommendationsTitle: (meeting: string) => `${meeting}的协商建议`,
  urgency: { urgent: '加急', 'very-urgent': '特急' },
  unsigned: '（未签署稿）',
  edition: (edition: number) => `（第${edition}版）`,
  time: '时间',
  regions: '协商地区',
  sites: '会场',
  present: '出席',
  agenda: '议程',
  suggestionBy: (name: string, standing?: CitationStanding) => {
    const behind = standing ? [`${standing.supporters}人支持`, `${standing.receipts}份回执`, suggestionStatus[standing.status]] : []
    return `——${['意见建议', name === '' ? '一位群众' : name, ...behind].join('，')}`
  },
  group: '分组讨论',
  poll: '征询',
  speakingTimes: '发言时间统计',
  bySite: '各会场',
  byRegion: '各地区',
  byPerson: '个人',
  name: '名称',
  place: '会场',
  times: '次数',
  spoken: '发言时间',
  budget: '时间总额',
  noBudget: '不限',
  budgetOf: (minutes: number) => `${minutes}分钟`,
  voteBy: ({ secret, majority, base, present, quorum }: VoteCitation, at: string) => {
    const part = majority === 'simple' ? '过半数' : '三分之二以上'
    const rule = base === 'cast' ? `所投赞成、反对票${part}赞成即通过` : `在场有表决权者${part}赞成即通过`
    const needed = quorum === null ? [] : [`法定人数${quorum}人`]
    return `——${[secret ? '无记名表决' : '记名表决', rule, `在场有表决权${present}人`, ...needed, at].join('，')}`
  },
  number: '编号',
  body: '建议内容',
  sources: '来源',
  fromMinutes: '协商纪要摘录',
  fromSuggestions: '意见建议',
  assignments: '交办与答复',
  none: '尚无',
  department: '承办单位',
  state: '办理状态',
  issuedAt: '交办时间',
  signedAt: '签收时间',
  replyDueAt: '答复期限',
  reply: '答复',
  anonymous: '一位群众',
  part: { lead: '主办', 'co-handler': '协办' } satisfies Record<Assignment['part'], string>,
  countersign: '会签意见',
  agrees: '同意',
  status: {
    issued: '已交办',
    signed: '已签收',
    drafted: '答复待签发',
    countersigned: '已会签',
    replied: '已答复',
    accepted: '已答复并审核通过',
    returned: '已退办',
    closed: '已办结',
    registered: '登记造册',
  } satisfies Record<Assignment['status'], string>,
  outcome: { adopted: '采纳', 'partly-adopted': '部分采纳', 'not-adopted': '未采纳' } satisfies Record<
    Reply['items'][number]['outcome'],
    string
  >,
  grade: { A: 'A类（已解决）', B: 'B类（正在解决或列入计划）', C: 'C类（暂时不能解决）' } satisfies Record<
    Reply['items'][number]['grade'],
    string
  >,
} as const

/** The day of an instant as a paper is dated, GB/T 9704-2012, 7.3.5.4: 2026年11月23日, without leading zeros. */
export const dayOnPaper = (instant: string) => dateOnPaper(instant).split(' ')[0]!

/** 95 as 1分35秒. */
export const durationOnPaper = (seconds: number) =>
  seconds < 60 ? `${seconds}秒` : `${Math.floor(seconds / 60)}分${String(seconds % 60).padStart(2, '0')}秒`
