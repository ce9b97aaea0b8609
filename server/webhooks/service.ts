import { randomBytes } from 'node:crypto'
import { and, desc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import { v7 } from 'uuid'
import { AppError, found } from '../../shared/errors.ts'
import { type Actor, allow, signedIn } from '../../shared/policy.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { Delivery, Webhook, WebhookScope } from '../../shared/webhooks.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { organizations } from '../regions/schema.ts'
import type { RegionService } from '../regions/service.ts'
import { PrivateAddress, postJson, signatureOf } from './post.ts'
import { webhookDeliveries, webhooks } from './schema.ts'

export type WebhookService = ReturnType<typeof createWebhookService>

type Deps = {
  db: Db
  audit: AuditService
  regions: Pick<RegionService, 'organization' | 'requireRegions'>
  jobs: Jobs
  allowInside: boolean
  now: () => Date
  log: Logger
}
type Row = typeof webhooks.$inferSelect

const job = 'webhook'
/** About a minute, two, four …: in all some nine hours before it is given up. */
const patience = { retries: 10, retryAfterSeconds: 30, together: 4 }
const shownDeliveries = 50
const keptDays = 90

/** Tells other systems what happens: signed, tried again until it is taken, and on record. */
export function createWebhookService({ db, audit, regions, jobs, allowInside, now, log }: Deps) {
  const instant = () => now().toISOString()

  async function regionOf(scope: WebhookScope): Promise<string> {
    if (scope.kind === 'organization') return (await regions.organization(db.reader, scope.organizationId)).regionCode
    await regions.requireRegions(db.reader, [scope.regionCode])
    return scope.regionCode
  }
  const manage = async (actor: Actor, scope: WebhookScope) => allow(actor, 'webhook:manage', { regionCodes: [await regionOf(scope)] })

  async function mine(actor: Actor, webhookId: string): Promise<Row> {
    signedIn(actor)
    const [row] = await db.reader
      .select()
      .from(webhooks)
      .where(and(eq(webhooks.id, webhookId), isNull(webhooks.removedAt)))
    const webhook = found(row, 'no-such-webhook')
    await manage(actor, scopeOf(webhook))
    return webhook
  }

  async function queue(tx: Tx, row: Pick<Row, 'id'>, delivery: { id: string; event: string; content: object }) {
    const { id, event, content } = delivery
    const body = JSON.stringify({ id, event, at: instant(), ...content })
    const inserted = await tx
      .insert(webhookDeliveries)
      .values({ id, webhookId: row.id, event, body, at: instant() })
      .onConflictDoNothing()
      .returning({ id: webhookDeliveries.id })
    if (inserted.length > 0) await jobs.send(tx, job, { deliveryId: id })
  }

  /** One attempt. @throws when it may be worth another. */
  async function deliver(deliveryId: string) {
    const [row] = await db.reader
      .select({ delivery: webhookDeliveries, webhook: webhooks })
      .from(webhookDeliveries)
      .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
      .where(eq(webhookDeliveries.id, deliveryId))
    if (!row || row.delivery.deliveredAt !== null || row.webhook.removedAt !== null) return
    const { delivery, webhook } = row
    const at = String(Math.floor(now().getTime() / 1_000))
    const headers = {
      'User-Agent': 'Yishi',
      'X-Yishi-Event': delivery.event,
      'X-Yishi-Delivery': delivery.id,
      'X-Yishi-Signature': `t=${at},v1=${signatureOf(webhook.secret, at, delivery.body)}`,
    }
    const answer = await postJson({ url: webhook.url, body: delivery.body, headers, allowInside }).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    )
    const taken = typeof answer === 'number' && answer >= 200 && answer < 300
    const outcome = typeof answer === 'number' ? `HTTP ${answer}` : 'code' in answer ? String(answer.code) : answer.message
    await db.reader
      .update(webhookDeliveries)
      .set({
        attempts: sql`${webhookDeliveries.attempts} + 1`,
        outcome: outcome.slice(0, 200),
        ...(taken ? { deliveredAt: instant() } : {}),
      })
      .where(eq(webhookDeliveries.id, deliveryId))
    // An address inside stays inside: trying again changes nothing.
    if (!taken && !(answer instanceof PrivateAddress)) throw new Error(`webhook: ${outcome}`)
  }

  jobs.work<{ deliveryId: string }>(job, ({ deliveryId }) => deliver(deliveryId), patience)
  jobs.schedule('old-deliveries', '17 3 * * *', async () => {
    const before = new Date(now().getTime() - keptDays * 86_400_000).toISOString()
    const { rowCount } = await db.reader.delete(webhookDeliveries).where(lt(webhookDeliveries.at, before))
    log.info({ forgotten: rowCount }, 'old webhook deliveries')
  })

  return {
    deliver,

    /** Within the transaction that changes something: those who listen to this department or to any region above it are sent it. */
    async emit(tx: Tx, { organizationId, regionCode }: { organizationId: string; regionCode: string }, event: string, content: object) {
      const heard = or(eq(webhooks.organizationId, organizationId), inArray(webhooks.regionCode, lineageOf(regionCode)))
      const rows = await tx
        .select({ id: webhooks.id })
        .from(webhooks)
        .where(and(isNull(webhooks.removedAt), heard))
      for (const row of rows) await queue(tx, row, { id: v7(), event, content })
    },

    /** Repeating it gives the same, with its secret. @throws AppError `conflict` for an id of somebody else's. */
    async create(actor: Actor, { id, scope, url }: { id: string; scope: WebhookScope; url: string }) {
      const createdBy = signedIn(actor)
      await manage(actor, scope)
      const row = {
        ...{ id, url, createdBy, createdByName: actor.name, createdAt: instant(), secret: randomBytes(32).toString('base64url') },
        regionCode: scope.kind === 'region' ? scope.regionCode : null,
        organizationId: scope.kind === 'organization' ? scope.organizationId : null,
      }
      return db.transaction(async (tx) => {
        const inserted = await tx.insert(webhooks).values(row).onConflictDoNothing().returning()
        if (inserted[0]) {
          await audit.record(tx, actor, 'webhook:create', id, { scope, url })
          return { webhook: webhookOf(inserted[0]), secret: row.secret }
        }
        const [same] = await tx.select().from(webhooks).where(eq(webhooks.id, id))
        if (!same || same.createdBy !== createdBy || same.url !== url) throw new AppError('conflict', 'id-taken')
        return { webhook: webhookOf(same), secret: same.secret }
      })
    },

    async remove(actor: Actor, { webhookId }: { webhookId: string }) {
      const webhook = await mine(actor, webhookId)
      await db.transaction(async (tx) => {
        await tx.update(webhooks).set({ removedAt: instant() }).where(eq(webhooks.id, webhook.id))
        await audit.record(tx, actor, 'webhook:remove', webhook.id)
      })
      return {}
    },

    async try(actor: Actor, { id, webhookId }: { id: string; webhookId: string }): Promise<Delivery> {
      const webhook = await mine(actor, webhookId)
      return db.transaction(async (tx) => {
        await queue(tx, webhook, { id, event: 'ping', content: {} })
        await audit.record(tx, actor, 'webhook:try', webhookId)
        const [row] = await tx
          .select()
          .from(webhookDeliveries)
          .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.webhookId, webhookId)))
        if (!row) throw new AppError('conflict', 'id-taken')
        return deliveryOf(row)
      })
    },

    async list(actor: Actor, { regionCode }: { regionCode: string }): Promise<Webhook[]> {
      await manage(actor, { kind: 'region', regionCode })
      const rows = await db.reader
        .select({ webhook: webhooks })
        .from(webhooks)
        .leftJoin(organizations, eq(organizations.id, webhooks.organizationId))
        .where(and(isNull(webhooks.removedAt), or(eq(webhooks.regionCode, regionCode), eq(organizations.regionCode, regionCode))))
        .orderBy(desc(webhooks.createdAt))
      return rows.map(({ webhook }) => webhookOf(webhook))
    },

    async deliveries(actor: Actor, { webhookId }: { webhookId: string }): Promise<Delivery[]> {
      const webhook = await mine(actor, webhookId)
      const rows = await db.reader
        .select()
        .from(webhookDeliveries)
        .where(eq(webhookDeliveries.webhookId, webhook.id))
        .orderBy(desc(webhookDeliveries.at), desc(webhookDeliveries.id))
        .limit(shownDeliveries)
      return rows.map(deliveryOf)
    },
  }
}

const scopeOf = ({ regionCode, organizationId }: Row): WebhookScope =>
  organizationId === null ? { kind: 'region', regionCode: regionCode ?? '' } : { kind: 'organization', organizationId }

const webhookOf = (row: Row): Webhook => {
  const { id, url, createdAt, createdByName } = row
  return { id, scope: scopeOf(row), url, createdAt, createdByName }
}

const deliveryOf = ({ id, event, at, attempts, deliveredAt, outcome }: typeof webhookDeliveries.$inferSelect): Delivery => ({
  ...{ id, event, at, attempts, deliveredAt, outcome },
})
