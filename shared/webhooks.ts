import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { instant, regionCodeSchema } from './text.ts'

/** Whose events it hears: of everything in a region and below it, or of one department. */
export const webhookScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('region'), regionCode: regionCodeSchema }),
  z.object({ kind: z.literal('organization'), organizationId: z.uuid() }),
])
export type WebhookScope = z.infer<typeof webhookScopeSchema>

export const webhookSchema = z.object({
  id: z.uuid(),
  scope: webhookScopeSchema,
  url: z.string(),
  createdAt: instant,
  createdByName: z.string(),
})
export type Webhook = z.infer<typeof webhookSchema>

export const deliverySchema = z.object({
  id: z.uuid(),
  event: z.string(),
  at: instant,
  attempts: z.number().int(),
  /** Null until it was taken. */
  deliveredAt: instant.nullable(),
  /** What the last attempt came to: the status of the answer, or why there was none. */
  outcome: z.string(),
})
export type Delivery = z.infer<typeof deliverySchema>

const urlSchema = z.url({ protocol: /^https?$/ }).max(500)

export const webhookCommands = {
  /** The answer has the secret, which is not shown again. */
  'webhook:create': {
    input: z.object({ id: z.uuid(), scope: webhookScopeSchema, url: urlSchema }),
    output: z.object({ webhook: webhookSchema, secret: z.string() }),
  },
  'webhook:remove': { input: z.object({ webhookId: z.uuid() }), output: z.object({}) },
  /** Sends an event `ping`. `id` names the delivery. */
  'webhook:try': { input: z.object({ id: z.uuid(), webhookId: z.uuid() }), output: deliverySchema },
} satisfies CommandTable

export const webhookQueries = {
  /** Those of a region and of its departments. */
  webhooks: { path: '/api/webhooks', input: z.object({ regionCode: regionCodeSchema }), output: z.array(webhookSchema) },
  /** What was sent, newest first. */
  'webhook-deliveries': {
    path: '/api/webhooks/:webhookId/deliveries',
    input: z.object({ webhookId: z.uuid() }),
    output: z.array(deliverySchema),
  },
} satisfies QueryTable
