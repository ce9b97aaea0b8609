import type { breakoutCommands, breakoutQueries } from '../../shared/breakouts.ts'
import type { Handlers, Readers } from '../../shared/commands.ts'
import type { BreakoutService } from './service.ts'

export const breakoutHandlers = (breakouts: BreakoutService): Handlers<typeof breakoutCommands> => ({
  'breakout:open': breakouts.open,
  'breakout:extend': breakouts.extend,
  'breakout:close': breakouts.close,
  'breakout:place': breakouts.place,
  'breakout:go': breakouts.go,
  'breakout:announce': breakouts.announce,
  'breakout:voice': breakouts.voice,
  'breakout:note': breakouts.note,
})

export const breakoutReaders = (breakouts: BreakoutService): Readers<typeof breakoutQueries> => ({
  breakouts: breakouts.list,
  'breakout-notes': breakouts.notes,
})
