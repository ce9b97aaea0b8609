import { AppError, found } from '../../shared/errors.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { Station, WayIn } from '../../shared/stations.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader } from '../db/db.ts'
import { codeLengths, randomCode } from '../meetings/codes.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { RegionService } from '../regions/service.ts'
import * as store from './store.ts'

export type StationService = ReturnType<typeof createStationService>

type Deps = {
  db: Db
  audit: AuditService
  regions: Pick<RegionService, 'requireRegions'>
  meetings: Pick<MeetingService, 'byId' | 'findByCode' | 'listOfRegions'>
  now: () => Date
}

/** Meetings that a station's page lists. */
const mostListed = 20

/** The standing venues of a region, and where a code that somebody scanned leads. */
export function createStationService({ db, audit, regions, meetings, now }: Deps) {
  const byId = async (reader: Reader, id: string) => found(await store.findStation(reader, { id }), 'no-such-station')

  /** Stores a change, unless it changes nothing. */
  const changing = (actor: Actor, action: string, stationId: string, changes: Partial<Pick<Station, 'name' | 'retired'>>) =>
    db.transaction(async (tx): Promise<Station> => {
      await store.lockStation(tx, stationId)
      const station = await byId(tx, stationId)
      allow(actor, 'station:manage', { regionCodes: [station.regionCode] })
      if (Object.entries(changes).every(([key, value]) => station[key as keyof Station] === value)) return station
      await store.updateStation(tx, stationId, changes)
      await audit.record(tx, actor, action, stationId, changes)
      return byId(tx, stationId)
    })

  async function throughStation(station: Station): Promise<WayIn> {
    const { code } = station
    if (station.retired) return { code, meeting: null, site: null, station, others: [] }
    // Whatever co-hosts a meeting reaches down its subtree: the county's meeting is also its villages'.
    const listed = await meetings.listOfRegions(db.reader, lineageOf(station.regionCode), mostListed)
    const first = listed.find(({ status }) => status !== 'ended')
    return {
      code,
      meeting: first ? await meetings.byId(db.reader, first.id) : null,
      site: null,
      station,
      others: listed.filter((meeting) => meeting !== first),
    }
  }

  return {
    list: (_actor: Actor, { regionCode }: { regionCode: string }) => store.listStations(db.reader, regionCode),
    get: (_actor: Actor, { stationId }: { stationId: string }) => byId(db.reader, stationId),

    /** @throws AppError `not-allowed` for whoever manages no stations there, `conflict` for the id of another station. */
    async create(actor: Actor, wish: Pick<Station, 'id' | 'regionCode' | 'kind' | 'name'>): Promise<Station> {
      allow(actor, 'station:manage', { regionCodes: [wish.regionCode] })
      await regions.requireRegions(db.reader, [wish.regionCode])
      return db.transaction(async (tx) => {
        const row = { ...wish, code: randomCode(codeLengths.station), createdAt: now().toISOString() }
        if (await store.insertStation(tx, row)) await audit.record(tx, actor, 'station:create', wish.id, wish)
        const station = await byId(tx, wish.id)
        if (station.regionCode !== wish.regionCode) throw new AppError('conflict', 'id-taken')
        return station
      })
    },

    rename: (actor: Actor, { stationId, name }: { stationId: string; name: string }) =>
      changing(actor, 'station:rename', stationId, { name }),
    retire: (actor: Actor, { stationId, retired }: { stationId: string; retired: boolean }) =>
      changing(actor, 'station:retire', stationId, { retired }),

    /** The places that codes stand for, by code. */
    namesOf: async (codes: string[]) => new Map((await store.namesOfCodes(db.reader, codes)).map(({ code, ...place }) => [code, place])),

    /** @throws AppError `not-found` for a code that leads nowhere. */
    async wayIn(_actor: Actor, { code }: { code: string }): Promise<WayIn> {
      if (code.length === codeLengths.station) return throughStation(found(await store.findStation(db.reader, { code }), 'no-such-way'))
      const { meeting, siteId } = found(await meetings.findByCode(db.reader, code), 'no-such-way')
      const site = meeting.sites.find(({ id }) => id === siteId)
      return { code, meeting, site: site ? { id: site.id, name: site.name } : null, station: null, others: [] }
    },
  }
}
