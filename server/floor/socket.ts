import type { Handlers, Readers } from '../../shared/commands.ts'
import type { floorCommands, floorQueries } from '../../shared/floor.ts'
import type { FloorService } from './service.ts'
import type { SpeakingTimeService } from './times.ts'

export const floorHandlers = (floor: FloorService, times: SpeakingTimeService): Handlers<typeof floorCommands> => ({
  'floor:request': floor.request,
  'floor:withdraw': floor.withdraw,
  'floor:give': floor.give,
  'floor:call': floor.call,
  'floor:end': floor.end,
  'floor:extend': floor.extend,
  'floor:mode': floor.setMode,
  'floor:rule': floor.setRule,
  'floor:budget': times.setBudget,
})

export const floorReaders = (floor: FloorService, times: SpeakingTimeService): Readers<typeof floorQueries> => ({
  floor: floor.get,
  speeches: floor.speeches,
  'speaking-times': times.get,
})
