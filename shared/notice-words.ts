import { longDay } from './long-day.ts'
import type { Notice, NoticeKind, NoticeLanguage } from './notifications.ts'

type Sentences = Record<NoticeKind, string>

const zh: Sentences = {
  'suggestion-published': '您的意见建议已公开：{{title}}',
  'suggestion-answered': '您的意见建议有了回应：{{title}}',
  'suggestion-merged': '您的意见建议已并入相同的意见：{{title}}',
  'suggestion-hidden': '您的意见建议没有公开：{{title}}',
  'suggestion-recommended': '您的意见建议已形成协商建议并交办：{{number}} {{title}}',
  'suggestion-replied': '{{organization}}答复了您的意见建议：{{number}} {{title}}',
  'proposal-invited': '请您联名提出建议：{{title}}',
  'proposal-returned': '建议稿退回修改：{{title}}',
  'proposal-united': '建议稿已并案：{{title}}',
  'proposal-separated': '建议稿撤销并案，恢复为单独一件：{{title}}',
  'proposal-accepted': '建议稿通过审查，已编号：{{number}} {{title}}',
  'proposal-handed-in': '新提交的建议稿，请审查：{{title}}',
  'proposal-taken-over': '您认领的建议稿由他人接手审查：{{title}}',
  'suggestion-second-round': '您的意见建议进入二轮办理，由{{organization}}再次办理：{{number}} {{title}}',
  'recommendation-issued': '您提的协商建议已交{{organization}}办理：{{number}} {{title}}',
  'recommendation-replied': '{{organization}}答复了您提的协商建议：{{number}} {{title}}',
  'recommendation-moved': '您提的协商建议有新进展：{{number}} {{title}}（{{organization}}）',
  'recommendation-said': '{{organization}}就您提的协商建议有新的沟通：{{number}} {{title}}',
  'department-issued': '新交办，请签收：{{number}} {{title}}',
  'department-draft': '答复稿等您签发：{{number}} {{title}}',
  'department-countersigned': '{{organization}}已会签：{{number}} {{title}}',
  'department-incomplete': '答复被退回补充：{{number}} {{title}}',
  'department-recalled': '交办已收回：{{number}} {{title}}',
  'department-reopened': '进入二轮办理，请再次答复：{{number}} {{title}}',
  'department-moved': '交办件有新进展：{{number}} {{title}}',
  'department-said': '交办件有新的沟通：{{number}} {{title}}',
  'department-reminded': '秘书处催办，请尽快签收或答复：{{number}} {{title}}',
  'department-deadline': '期限有变，请查看：{{number}} {{title}}',
  'department-yellow': '临近期限，请抓紧办理：{{number}} {{title}}，{{due}}到期',
  'department-red': '已逾期，请立即办理：{{number}} {{title}}，{{due}}到期',
  'department-many': '有{{count}}件交办件临期或逾期，请查看',
  'secretariat-returned': '{{organization}}退办：{{number}} {{title}}',
  'secretariat-replied': '{{organization}}已答复：{{number}} {{title}}',
  'secretariat-moved': '交办件有新进展：{{number}} {{title}}（{{organization}}）',
  'supervisor-named': '请您督办：{{number}} {{title}}',
  'secretariat-yellow': '{{organization}}临近期限：{{number}} {{title}}，{{due}}到期',
  'secretariat-red': '{{organization}}已逾期：{{number}} {{title}}，{{due}}到期',
  'secretariat-look-back': '该回头看了：{{number}} {{title}}（{{organization}}），{{due}}',
  'secretariat-many': '所辖单位有{{count}}件交办件临期或逾期，请查看',
}

const en: Sentences = {
  'suggestion-published': 'Your suggestion was published: {{title}}',
  'suggestion-answered': 'Your suggestion was answered: {{title}}',
  'suggestion-merged': 'Your suggestion was merged with others that say the same: {{title}}',
  'suggestion-hidden': 'Your suggestion is not shown: {{title}}',
  'suggestion-recommended': 'Your suggestion became a recommendation that was assigned: {{number}} {{title}}',
  'suggestion-replied': '{{organization}} replied to your suggestion: {{number}} {{title}}',
  'proposal-invited': 'You are asked to sign a proposal: {{title}}',
  'proposal-returned': 'A proposal was returned: {{title}}',
  'proposal-united': 'A proposal was united with another one: {{title}}',
  'proposal-separated': 'A proposal stands alone again: {{title}}',
  'proposal-accepted': 'A proposal was accepted under a number: {{number}} {{title}}',
  'proposal-handed-in': 'A proposal waits for review: {{title}}',
  'proposal-taken-over': 'Somebody took over the review that you had claimed: {{title}}',
  'suggestion-second-round': 'Your suggestion is handled in a second round by {{organization}}: {{number}} {{title}}',
  'recommendation-issued': 'Your recommendation was given to {{organization}}: {{number}} {{title}}',
  'recommendation-replied': '{{organization}} replied to your recommendation: {{number}} {{title}}',
  'recommendation-moved': 'Your recommendation moved on: {{number}} {{title}} ({{organization}})',
  'recommendation-said': 'Something was said about your recommendation: {{number}} {{title}} ({{organization}})',
  'department-issued': 'Newly assigned, please sign for it: {{number}} {{title}}',
  'department-draft': 'A reply waits for your signature: {{number}} {{title}}',
  'department-countersigned': '{{organization}} has counter-signed: {{number}} {{title}}',
  'department-incomplete': 'The reply came back to be completed: {{number}} {{title}}',
  'department-recalled': 'An assignment was taken back: {{number}} {{title}}',
  'department-reopened': 'A second round has begun, please reply anew: {{number}} {{title}}',
  'department-moved': 'An assignment moved on: {{number}} {{title}}',
  'department-said': 'Something was said about an assignment: {{number}} {{title}}',
  'department-reminded': 'The secretariat reminds you to sign or reply soon: {{number}} {{title}}',
  'department-deadline': 'A deadline changed: {{number}} {{title}}',
  'department-yellow': 'Due soon: {{number}} {{title}}, by {{due}}',
  'department-red': 'Overdue: {{number}} {{title}}, was due {{due}}',
  'department-many': '{{count}} assignments are due soon or overdue',
  'secretariat-returned': '{{organization}} sent back: {{number}} {{title}}',
  'secretariat-replied': '{{organization}} replied: {{number}} {{title}}',
  'secretariat-moved': 'An assignment moved on: {{number}} {{title}} ({{organization}})',
  'supervisor-named': 'You are asked to see to it: {{number}} {{title}}',
  'secretariat-yellow': '{{organization}} is due soon: {{number}} {{title}}, by {{due}}',
  'secretariat-red': '{{organization}} is overdue: {{number}} {{title}}, was due {{due}}',
  'secretariat-look-back': 'Time to look back on {{number}} {{title}} ({{organization}}), {{due}}',
  'secretariat-many': '{{count}} assignments of your departments are due soon or overdue',
}

const sentences: Record<NoticeLanguage, Sentences> = { 'zh-CN': zh, en }

/** A notice as one sentence: the same on the screen and in a letter. */
export function sentenceOf({ kind, about }: Pick<Notice, 'kind' | 'about'>, language: NoticeLanguage): string {
  const { number = '', title, organization = '', count = 0, dueAt } = about
  const words: Record<string, string> = { number, title, organization, count: String(count), due: dueAt ? longDay(dueAt, language) : '' }
  return sentences[language][kind].replace(/\{\{(\w+)\}\}/g, (_, name: string) => words[name] ?? '')
}
