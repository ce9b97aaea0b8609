import { escapeHtml } from '../../shared/escape.ts'
import { sentenceOf } from '../../shared/notice-words.ts'
import type { Notice, NoticeLanguage } from '../../shared/notifications.ts'
import type { Letter } from './mailer.ts'

const zh = {
  many: (count: number) => `议事：${count}条新消息`,
  open: '查看',
  why: '您收到这封信，是因为您在“议事”设置了邮件提醒。',
  change: '更改提醒方式',
  confirmSubject: '请确认您在“议事”的邮箱',
  confirmText: '有人把这个邮箱填作“议事”账号的提醒邮箱。如果是您，请在两天内打开下面的链接确认：',
  confirmOpen: '确认邮箱',
  confirmNotMe: '如果不是您，请不要理会这封信，不会再有邮件发来。',
}
const en: typeof zh = {
  many: (count) => `Yishi: ${count} new messages`,
  open: 'Open',
  why: 'You receive this letter because you chose to be told by e-mail at Yishi.',
  change: 'Change how you are told',
  confirmSubject: 'Please confirm your e-mail address at Yishi',
  confirmText:
    'Somebody gave this address for the notifications of an account at Yishi. If it was you, please confirm it within two days by this link:',
  confirmOpen: 'Confirm the address',
  confirmNotMe: 'If it was not you, leave this letter alone: no other will come.',
}
const words: Record<NoticeLanguage, typeof zh> = { 'zh-CN': zh, en }

/** Longer quotes are read on the page. */
const mostWords = 300
/** More than these would be read by nobody. */
const mostListed = 50

type View = { language: NoticeLanguage; addressOf(path: string): string }

/** One letter about everything that waits: a single notice is its own subject. */
export function noticeLetter(notices: readonly Pick<Notice, 'kind' | 'about'>[], { language, addressOf }: View): Omit<Letter, 'to'> {
  const say = words[language]
  const shown = notices.slice(0, mostListed).map(({ kind, about }) => ({
    sentence: sentenceOf({ kind, about }, language),
    quote: (about.words ?? '').slice(0, mostWords),
    address: addressOf(about.link),
  }))
  const settings = addressOf('/me/notices')
  const [first] = shown
  const subject = notices.length === 1 && first ? first.sentence : say.many(notices.length)
  const text = [
    ...shown.map(({ sentence, quote, address }) => [sentence, quote, address].filter((line) => line !== '').join('\n')),
    ...(notices.length > shown.length ? [`… ${settings}`] : []),
    `${say.why}\n${say.change}: ${settings}`,
  ].join('\n\n')
  const item = ({ sentence, quote, address }: (typeof shown)[number]) =>
    `<p><strong>${escapeHtml(sentence)}</strong>${quote === '' ? '' : `<br>${escapeHtml(quote)}`}<br>${letterLink(address, say.open)}</p>`
  const html = letterPage(
    [...shown.map(item), `<p style="color:#4c5a6b">${say.why} ${letterLink(settings, say.change)}</p>`].join('\n'),
    language,
  )
  return { subject, text, html }
}

export function confirmLetter(path: string, { language, addressOf }: View): Omit<Letter, 'to'> {
  const say = words[language]
  const address = addressOf(path)
  const html = letterPage(`<p>${say.confirmText}</p><p>${letterLink(address, say.confirmOpen)}</p><p>${say.confirmNotMe}</p>`, language)
  return { subject: say.confirmSubject, text: [say.confirmText, address, say.confirmNotMe].join('\n\n'), html }
}

export const letterLink = (address: string, name: string) => `<a href="${escapeHtml(address)}" style="color:#0b5c7d">${name}</a>`

/** The frame of every letter. */
export const letterPage = (body: string, language: NoticeLanguage) =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head><body style="font:16px/1.6 sans-serif;color:#1c2430;max-width:40em">${body}</body></html>`
