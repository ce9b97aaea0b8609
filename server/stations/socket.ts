import type { Handlers, Readers } from '../../shared/commands.ts'
import type { stationCommands, stationQueries } from '../../shared/stations.ts'
import type { StationService } from './service.ts'

export const stationHandlers = (stations: StationService): Handlers<typeof stationCommands> => ({
  'station:create': stations.create,
  'station:rename': stations.rename,
  'station:retire': stations.retire,
})

export const stationReaders = (stations: StationService): Readers<typeof stationQueries> => ({
  stations: stations.list,
  station: stations.get,
  'way-in': stations.wayIn,
})
