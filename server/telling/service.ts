import type { AuditService } from '../audit/service.ts'
import type { NotificationService } from '../notifications/service.ts'
import type { ReceiptLetters } from '../suggestions/receipt-letters.ts'
import type { WebhookService } from '../webhooks/service.ts'
import { tellOfMove, tellOfSupervisor } from './moves.ts'
import { tellOfProposal } from './proposals.ts'
import { tellOfSuggestion } from './suggestions.ts'

type Deps = {
  audit: Pick<AuditService, 'onRecord'>
  notifications: Pick<NotificationService, 'notify'>
  letters: Pick<ReceiptLetters, 'tell'>
  webhooks: Pick<WebhookService, 'emit'>
}

/** Everybody who asked hears: what is put on record is told, in the same transaction, to those whom it concerns. */
export function startTelling({ audit, notifications, letters, webhooks }: Deps) {
  audit.onRecord(async (tx, record) => {
    await tellOfSuggestion(tx, { notifications, letters }, record)
    await tellOfProposal(tx, notifications, record)
    await tellOfMove(tx, { notifications, letters, webhooks }, record)
    await tellOfSupervisor(tx, { notifications }, record)
  })
}
