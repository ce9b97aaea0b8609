import type { amendmentCommands, amendmentQueries } from '../../shared/amendments.ts'
import type { Handlers, Readers } from '../../shared/commands.ts'
import type { AmendmentService } from './service.ts'

export const amendmentHandlers = (amendments: AmendmentService): Handlers<typeof amendmentCommands> => ({
  'amendment:propose': amendments.propose,
  'amendment:withdraw': amendments.withdraw,
  'amendment:accept': amendments.accept,
  'amendment:refuse': amendments.refuse,
})

export const amendmentReaders = (amendments: AmendmentService): Readers<typeof amendmentQueries> => ({ amendments: amendments.list })
