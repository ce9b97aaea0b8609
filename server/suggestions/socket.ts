import type { Handlers, Readers } from '../../shared/commands.ts'
import type { queueCommands, queueQueries } from '../../shared/queue.ts'
import type { receiptLetterCommands } from '../../shared/receipt-letters.ts'
import type { suggestionCommands, suggestionQueries } from '../../shared/suggestions.ts'
import type { ReceiptLetters } from './receipt-letters.ts'
import type { SuggestionService } from './service.ts'

export const suggestionHandlers = (suggestions: SuggestionService): Handlers<typeof suggestionCommands & typeof queueCommands> => ({
  'suggestion:post': suggestions.post,
  'receipt:claim': suggestions.keepReceipt,
  'suggestion:publish': suggestions.publish,
  'suggestion:answer': suggestions.answer,
  'suggestion:merge': suggestions.merge,
  'suggestion:unmerge': suggestions.unmerge,
  'suggestion:pin': suggestions.pin,
  'suggestion:support': suggestions.support,
  'suggestion:hide': suggestions.hide,
  'suggestion:reopen': suggestions.reopen,
  'suggestion:keep': suggestions.keep,
  'suggestion:publish-many': suggestions.publishMany,
  'queue:claim': suggestions.claim,
  'queue:release': suggestions.release,
})

export const suggestionReaders = (suggestions: SuggestionService): Readers<typeof suggestionQueries & typeof queueQueries> => ({
  suggestions: suggestions.list,
  'my-suggestions': suggestions.mine,
  'my-supports': suggestions.mySupports,
  'suggestion-categories': suggestions.categories,
  queue: suggestions.queue,
  receipt: suggestions.receipt,
  'my-receipts': suggestions.myReceipts,
})

export const letterHandlers = (letters: ReceiptLetters): Handlers<typeof receiptLetterCommands> => ({
  'letters:ask': letters.ask,
  'letters:confirm': letters.confirm,
  'letters:stop': letters.stop,
})
