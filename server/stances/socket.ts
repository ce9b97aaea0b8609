import type { Handlers, Readers } from '../../shared/commands.ts'
import type { stanceCommands, stanceQueries } from '../../shared/stances.ts'
import type { StanceService } from './service.ts'

export const stanceHandlers = (stances: StanceService): Handlers<typeof stanceCommands> => ({
  'stance:give': stances.give,
})

export const stanceReaders = (stances: StanceService): Readers<typeof stanceQueries> => ({
  'next-card': stances.next,
  'my-stances': stances.mine,
  'stance-counts': stances.counts,
  contested: stances.contested,
})
