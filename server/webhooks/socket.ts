import type { Handlers, Readers } from '../../shared/commands.ts'
import type { webhookCommands, webhookQueries } from '../../shared/webhooks.ts'
import type { WebhookService } from './service.ts'

export const webhookHandlers = (webhooks: WebhookService): Handlers<typeof webhookCommands> => ({
  'webhook:create': webhooks.create,
  'webhook:remove': webhooks.remove,
  'webhook:try': webhooks.try,
})

export const webhookReaders = (webhooks: WebhookService): Readers<typeof webhookQueries> => ({
  webhooks: webhooks.list,
  'webhook-deliveries': webhooks.deliveries,
})
