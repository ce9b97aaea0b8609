import type { Logger } from 'pino'
import { dayOf } from '../../shared/calendar.ts'
import type { Conversation, ConversationMessage } from '../../shared/conversations.ts'
import { AppError, found } from '../../shared/errors.ts'
import { type Actor, can, signedIn } from '../../shared/policy.ts'
import type { Assignment } from '../../shared/recommendations.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { NotificationService } from '../notifications/service.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import type { Storage } from '../storage/storage.ts'
import type { createPublisher } from '../transport/publish.ts'
import { createConversationFiles } from './files.ts'
import * as store from './store.ts'

export type ConversationService = ReturnType<typeof createConversationService>

type Deps = {
  db: Db
  audit: AuditService
  recommendations: Pick<RecommendationService, 'assignment' | 'byId' | 'get' | 'proposers'>
  notifications: Pick<NotificationService, 'notify'>
  storage: Storage
  publisher: Pick<ReturnType<typeof createPublisher>, 'publishToAll'>
  now: () => Date
  log: Logger
}
type Say = Omit<ConversationMessage, 'side' | 'byName' | 'files' | 'at'> & { fileIds: string[] }
type Side = ConversationMessage['side']
type Said = { assignment: Assignment; proposers: readonly string[]; message: ConversationMessage }

/** What the proposers of a recommendation and a department that has it say to each other, before its region's secretariat. */
export function createConversationService({ db, audit, recommendations, notifications, storage, publisher, now, log }: Deps) {
  const files = createConversationFiles({ db, audit, storage, now, log })

  /** The assignment, for whoever takes part. @throws AppError `not-allowed` for everybody else. */
  async function joined(actor: Actor, assignmentId: string) {
    signedIn(actor)
    const assignment = await recommendations.assignment(db.reader, assignmentId)
    const proposers = await recommendations.proposers(db.reader, assignment.recommendationId)
    const side = sideOf(actor, assignment, proposers)
    if (!side) throw new AppError('not-allowed', 'not-of-the-conversation')
    return { assignment, proposers, side }
  }

  /** Everybody who takes part hears it at once; the two sides are also told of it where they are not on the page. */
  async function tell(tx: Tx, actor: Actor, { assignment, proposers, message }: Said) {
    const department = await store.listDepartment(tx, assignment.organizationId)
    const secretariat = await store.listSecretariat(tx, assignment.regionCode)
    const supervisor = assignment.supervisor ? [assignment.supervisor.id] : []
    publisher.publishToAll(tx, [...new Set([...department, ...secretariat, ...proposers, ...supervisor])], 'conversation:said', message)
    const { id, number, title } = await recommendations.byId(tx, assignment.recommendationId)
    const about = { link: `/recommendations/${id}`, number, title, organization: assignment.organizationName }
    const others = (accounts: readonly string[]) => accounts.filter((account) => account !== actor.accountId)
    if (message.side !== 'department') await notifications.notify(tx, { to: others(department), kind: 'department-said', about })
    if (message.side !== 'proposer') await notifications.notify(tx, { to: others(proposers), kind: 'recommendation-said', about })
  }

  return {
    /** The conversations about a recommendation in which the actor takes part; none for those who only read it. */
    async list(actor: Actor, { recommendationId }: { recommendationId: string }): Promise<Conversation[]> {
      const { assignments } = await recommendations.get(actor, { recommendationId })
      const proposers = await recommendations.proposers(db.reader, recommendationId)
      const mine = assignments.flatMap((one) => {
        const side = sideOf(actor, one, proposers)
        return side ? [{ assignmentId: one.id, side }] : []
      })
      const messages = await store.readMessages(
        db.reader,
        mine.map(({ assignmentId }) => assignmentId),
      )
      return mine.map((one) => ({ ...one, messages: messages.filter(({ assignmentId }) => assignmentId === one.assignmentId) }))
    },

    /** @throws AppError `conflict` once the department does not have it any more, `not-found` for a file that is not one's own. */
    async say(actor: Actor, { fileIds, ...said }: Say): Promise<ConversationMessage> {
      const { assignment, proposers, side } = await joined(actor, said.assignmentId)
      if (assignment.status === 'returned') throw new AppError('conflict', 'assignment-returned')
      if (said.heldOn !== null && said.heldOn > dayOf(now().toISOString()))
        throw new AppError('invalid-input', 'day-to-come', { heldOn: 'day-to-come' })
      const accountId = signedIn(actor)
      return db.transaction(async (tx) => {
        const row = { ...said, accountId, byName: actor.name, side, at: now().toISOString() }
        if (!(await store.insertMessage(tx, row))) return same(found(await store.findMessage(tx, said.id), 'no-such-message'), said)
        if ((await store.attachFiles(tx, row, fileIds)) < fileIds.length) throw new AppError('not-found', 'no-such-file')
        await audit.record(tx, actor, 'conversation:say', said.id, { ...said, side, fileIds })
        const message = found(await store.findMessage(tx, said.id), 'no-such-message')
        await tell(tx, actor, { assignment, proposers, message })
        return message
      })
    },

    async addFile(actor: Actor, assignmentId: string, fileId: string, name: string, read: () => Promise<Uint8Array>) {
      await joined(actor, assignmentId)
      return files.add(actor, assignmentId, fileId, name, read)
    },

    async file(actor: Actor, assignmentId: string, fileId: string) {
      await joined(actor, assignmentId)
      return files.find(actor, assignmentId, fileId)
    },

    storage,
    sweep: files.sweep,
    close: files.close,
  }
}

/** As whom somebody takes part, if at all. */
function sideOf(actor: Actor, { organizationId, regionCode, supervisor }: Assignment, proposers: readonly string[]): Side | null {
  if (can(actor, 'conversation:join', { organizationId })) return 'department'
  if (can(actor, 'conversation:oversee', { regionCodes: [regionCode], ownerId: supervisor?.id ?? null })) return 'secretariat'
  return proposers.some((ownerId) => can(actor, 'conversation:propose', { ownerId })) ? 'proposer' : null
}

/** A repetition is answered with what was said first. */
function same(known: ConversationMessage, { assignmentId, text }: Pick<Say, 'assignmentId' | 'text'>) {
  if (known.assignmentId !== assignmentId || known.text !== text) throw new AppError('conflict', 'id-taken')
  return known
}
