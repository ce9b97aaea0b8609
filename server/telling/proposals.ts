import { z } from 'zod'
import type { NoticeAbout, NoticeKind } from '../../shared/notifications.ts'
import type { AuditRecord } from '../audit/service.ts'
import type { Tx } from '../db/db.ts'
import type { NotificationService } from '../notifications/service.ts'
import { findProposal, listSigners, type Row } from '../proposals/store.ts'
import { reviewersOf } from './audience.ts'

/** Of what the trail says of a step, what those who are told need. */
const detailsSchema = z.object({
  reason: z.string().catch(''),
  number: z.string().optional().catch(undefined),
  accountId: z.uuid().optional().catch(undefined),
  fromId: z.uuid().optional().catch(undefined),
  intoId: z.uuid().optional().catch(undefined),
  atOnce: z.boolean().catch(false),
})
type Details = z.infer<typeof detailsSchema>

type Told = { kind: NoticeKind; to(tx: Tx, row: Row, details: Details): Promise<string[]> }

const only = async (accountId: string | undefined) => (accountId === undefined ? [] : [accountId])

/** Who is told what of a proposal's way, by the trail's names. Whoever made the step is not. */
const told: Record<string, Told> = {
  'proposal:invite': { kind: 'proposal-invited', to: (_tx, _row, { accountId }) => only(accountId) },
  // What a secretariat makes at once waits for nobody.
  'proposal:submit': { kind: 'proposal-handed-in', to: async (tx, row, { atOnce }) => (atOnce ? [] : reviewersOf(tx, row.regionCode)) },
  'proposal:take-over': { kind: 'proposal-taken-over', to: (_tx, _row, { fromId }) => only(fromId) },
  'proposal:return': { kind: 'proposal-returned', to: peopleOf },
  'proposal:merge': { kind: 'proposal-united', to: peopleOfBoth },
  'proposal:unmerge': { kind: 'proposal-separated', to: peopleOf },
  'recommendation:create': { kind: 'proposal-accepted', to: peopleOf },
}

export async function tellOfProposal(tx: Tx, notifications: Pick<NotificationService, 'notify'>, record: AuditRecord) {
  const { actor, action, subjectId } = record
  const step = told[action]
  const row = step && (await findProposal(tx, subjectId))
  if (!row) return
  const details = detailsSchema.parse(record.details)
  const to = (await step.to(tx, row, details)).filter((id) => id !== actor.accountId)
  const about: NoticeAbout = {
    link: action === 'recommendation:create' ? `/recommendations/${row.id}` : `/recommendations/proposals/${row.id}`,
    title: row.title,
    ...(details.number === undefined ? {} : { number: details.number }),
    ...(details.reason === '' ? {} : { words: details.reason }),
  }
  await notifications.notify(tx, { to, kind: step.kind, about })
}

/** Whose it is: the proposer, and who was asked to sign and has not declined. */
async function peopleOf(tx: Tx, { id, proposerId }: Row): Promise<string[]> {
  const signers = await listSigners(tx, [id])
  return [proposerId, ...signers.filter(({ answer }) => answer !== 'declined').map(({ accountId }) => accountId)]
}

async function peopleOfBoth(tx: Tx, row: Row, { intoId }: Details): Promise<string[]> {
  const other = intoId && (await findProposal(tx, intoId))
  return [...new Set([...(await peopleOf(tx, row)), ...(other ? await peopleOf(tx, other) : [])])]
}
