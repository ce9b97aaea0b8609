import type { clockCommands, clockQueries } from '../../shared/clocks.ts'
import type { Handlers, Readers } from '../../shared/commands.ts'
import type { ClockService } from './service.ts'

export const clockHandlers = (clocks: ClockService): Handlers<typeof clockCommands> => ({
  'clock:set-rules': clocks.setRules,
  'clock:set-day': clocks.setDay,
})

export const clockReaders = (clocks: ClockService): Readers<typeof clockQueries> => ({
  'clock-rules': clocks.read,
})
