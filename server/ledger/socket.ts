import type { Handlers, Readers } from '../../shared/commands.ts'
import type { ledgerCommands, ledgerQueries } from '../../shared/ledger.ts'
import type { Ledger } from './ledger.ts'

export const ledgerHandlers = ({ bulk, views }: Ledger): Handlers<typeof ledgerCommands> => ({
  'ledger:issue-many': bulk.issueMany,
  'ledger:remind-many': bulk.remindMany,
  'ledger-view:save': views.save,
  'ledger-view:remove': views.remove,
})

export const ledgerReaders = ({ lists, bulk, views }: Ledger): Readers<typeof ledgerQueries> => ({
  ledger: lists.list,
  'ledger-counts': lists.counts,
  'ledger-choices': lists.choices,
  'ledger-views': views.list,
  'past-recommendation': lists.past,
  'assignment-reminders': bulk.reminders,
})
