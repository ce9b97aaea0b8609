import type { Breakout } from '../../shared/breakouts.ts'
import type { Db } from '../db/db.ts'
import * as store from './store.ts'

export type Groups = ReturnType<typeof createGroups>

/** How the people of meetings are parted, as stored: what the media asks before it lets anybody hear another. */
export function createGroups({ db }: { db: Db }) {
  return {
    latest: (meetingIds: readonly string[]): Promise<Breakout[]> => store.latestBreakouts(db.reader, meetingIds),
    /** The cheap question whether anything has changed. */
    versions: async (meetingIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
      if (meetingIds.length === 0) return new Map()
      const rows = await store.latestVersions(db.reader, meetingIds)
      return new Map(rows.map(({ meetingId, version }) => [meetingId, version]))
    },
  }
}
