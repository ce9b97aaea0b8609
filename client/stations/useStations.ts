import { useQuery } from '@tanstack/react-query'
import type { Station } from '../../shared/stations.ts'
import { get } from '../transport/http.ts'

/** The stations of several regions; for the whole country (`''`) those of each province. */
export const useStations = (regionCodes: readonly string[]) =>
  useQuery({
    queryKey: ['stations', ...regionCodes],
    queryFn: async ({ signal }): Promise<Station[]> => {
      const everywhere = regionCodes.includes('')
      const codes = everywhere ? (await get('regions', {}, signal)).map(({ code }) => code) : regionCodes
      const lists = await Promise.all(codes.map((regionCode) => get('stations', { regionCode }, signal)))
      return [...new Map(lists.flat().map((station) => [station.id, station])).values()]
    },
  })
