import { escapeHtml } from '../../shared/escape.ts'
import { sentenceOf } from '../../shared/notice-words.ts'
import type { NoticeAbout, NoticeKind, NoticeLanguage } from '../../shared/notifications.ts'
import { formatReceipt } from '../../shared/suggestions.ts'
import { letterLink, letterPage } from '../notifications/letters.ts'
import type { Letter } from '../notifications/mailer.ts'

const zh = {
  askSubject: '请确认：意见建议有答复时发到这个邮箱',
  askText: '有人在“议事”提了意见建议，并留下这个邮箱接收答复。如果是您，请在两天内打开下面的链接确认：',
  confirm: '确认接收',
  notMe: '如果不是您，请不要理会这封信，两天后这个邮箱会自动删去；也可以现在就删去：',
  forget: '删去我的邮箱',
  read: '查看办理经过',
  why: '您收到这封信，是因为您留下这个邮箱接收答复。',
  stop: '不再接收，并删去我的邮箱',
  last: '答复已全部送达，您的邮箱已从系统中删去。以后的进展，请用上面的链接查看。',
}
const en: typeof zh = {
  askSubject: 'Please confirm: the answer to a suggestion will come to this address',
  askText:
    'Somebody made a suggestion at Yishi and gave this address to hear of the answer. If it was you, please confirm it within two days by this link:',
  confirm: 'Yes, send it here',
  notMe: 'If it was not you, leave this letter alone: the address is deleted after two days. You can also delete it now:',
  forget: 'Delete my address',
  read: 'Read what happened',
  why: 'You receive this letter because you gave this address to hear of the answer.',
  stop: 'No more letters, and delete my address',
  last: 'All answers have come, and your address has been deleted. What happens later can be read by the link above.',
}
const words: Record<NoticeLanguage, typeof zh> = { 'zh-CN': zh, en }

type View = { stopToken: string; language: NoticeLanguage; addressOf(path: string): string }

const confirmPath = (token: string) => `/r/?confirm=${token}`
const stopPath = (token: string) => `/r/?stop=${token}`

/** Says nothing of what was suggested: the address may be somebody else's. */
export function askLetter({ token, stopToken, language, addressOf }: View & { token: string }): Omit<Letter, 'to'> {
  const say = words[language]
  const [confirm, stop] = [addressOf(confirmPath(token)), addressOf(stopPath(stopToken))]
  const html = `<p>${say.askText}</p><p>${letterLink(confirm, say.confirm)}</p><p>${say.notMe}<br>${letterLink(stop, say.forget)}</p>`
  return { subject: say.askSubject, text: [say.askText, confirm, say.notMe, stop].join('\n\n'), html: letterPage(html, language) }
}

type Told = { kind: NoticeKind; about: Omit<NoticeAbout, 'link'>; receipt: string; last: boolean }

/** That there is an answer, and where it is read: with the receipt, as everything of theirs. */
export function tellLetter({ kind, about, receipt, last, stopToken, language, addressOf }: View & Told): Omit<Letter, 'to'> {
  const say = words[language]
  const read = addressOf(`/r/${formatReceipt(receipt)}`)
  const subject = sentenceOf({ kind, about: { ...about, link: read } }, language)
  const stop = addressOf(stopPath(stopToken))
  const end = last
    ? { text: say.last, html: `<p>${say.last}</p>` }
    : { text: `${say.why}\n${say.stop}: ${stop}`, html: `<p>${say.why} ${letterLink(stop, say.stop)}</p>` }
  const html = `<p><strong>${escapeHtml(subject)}</strong></p><p>${letterLink(read, say.read)}</p>${end.html}`
  return { subject, text: [subject, read, end.text].join('\n\n'), html: letterPage(html, language) }
}
