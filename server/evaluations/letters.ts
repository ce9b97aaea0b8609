import { escapeHtml } from '../../shared/escape.ts'
import { longDay } from '../../shared/long-day.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import type { Db, Tx } from '../db/db.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { letterLink, letterPage } from '../notifications/letters.ts'
import { addressesOn } from '../notifications/links.ts'
import type { Letter, Mailer } from '../notifications/mailer.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import * as store from './store.ts'

export type EvaluatorLetters = ReturnType<typeof createEvaluatorLetters>

type Deps = {
  db: Db
  jobs: Jobs
  mailer: Mailer | null
  publicUrl: string | undefined
  recommendations: Pick<RecommendationService, 'assigned' | 'dueOf'>
  now: () => Date
}

const job = 'evaluator-letter'

/** Brings those who were drawn their link, where the pool has an address of theirs. */
export function createEvaluatorLetters({ db, jobs, mailer, publicUrl, recommendations, now }: Deps) {
  const addressOf = addressesOn(publicUrl)
  jobs.work<{ evaluatorId: string }>(job, async ({ evaluatorId }) => {
    if (!mailer) return
    await db.transaction(async (tx) => {
      const addressee = await store.findAddressee(tx, evaluatorId)
      if (!addressee?.email) return
      const { evaluator, assignmentId, email } = addressee
      const assigned = await recommendations.assigned(tx, assignmentId)
      const dueAt = await recommendations.dueOf(tx, assignmentId, 'evaluation')
      const address = addressOf(`/evaluate/${evaluator.token}`)
      await store.markMailed(tx, evaluatorId, now().toISOString())
      // Sent before the commit: what dies between the two is written twice rather than never.
      await mailer.send({ to: email, ...invitation({ ...assigned, name: evaluator.name, address, dueAt }) })
    })
  })

  return {
    async sendSoon(tx: Tx, evaluators: readonly { id: string }[]) {
      if (mailer) for (const { id } of evaluators) await jobs.send(tx, job, { evaluatorId: id })
    },
  }
}

type Facts = { recommendation: Recommendation; assignment: Assignment; name: string; address: string; dueAt: string | null }

/** In both languages, since nobody knows which one somebody reads who has no account. */
function invitation({
  recommendation: { number, title },
  assignment: { organizationName },
  name,
  address,
  dueAt,
}: Facts): Omit<Letter, 'to'> {
  const zh = [
    `${name}：`,
    `您被随机抽取为外部评议员，请评议${organizationName}对协商建议“${title}”（${number}）的办理和答复。打开下面的链接即可评议，不需要账号。`,
    dueAt === null ? '' : `请在${longDay(dueAt, 'zh-CN')}前评议。`,
    '链接只属于您一人，请不要转发。不能参加的，请告知秘书处，由下一位递补。',
  ]
  const en = [
    `Dear ${name},`,
    `You were drawn as an external evaluator: please judge how ${organizationName} handled and replied to the recommendation “${title}” (${number}). The link below is all you need; no account is necessary.`,
    dueAt === null ? '' : `Please do so by ${longDay(dueAt, 'en')}.`,
    'The link is yours alone: please do not pass it on. If you cannot take part, tell the secretariat, and the next one takes your place.',
  ]
  const lines = (words: string[]) => words.filter((line) => line !== '')
  const html = (words: string[], open: string) =>
    `${lines(words)
      .map((line) => `<p>${escapeHtml(line)}</p>`)
      .join('')}<p>${letterLink(address, open)}</p>`
  return {
    subject: `请您评议 Please judge: ${number} ${title}`,
    text: [...lines(zh), address, '', ...lines(en), address].join('\n\n'),
    html: letterPage(`${html(zh, '去评议')}<hr><div lang="en">${html(en, 'Judge')}</div>`, 'zh-CN'),
  }
}
