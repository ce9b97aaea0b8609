import type { Participant } from '../../shared/media.ts'
import type { Meeting } from '../../shared/meetings.ts'

type Here = Pick<Participant, 'id' | 'siteId' | 'camera' | 'present'>

type Attention = {
  speakerId: string | null
  /** Whom the chair has put before all. */
  spotlightId: string | null
  /** Whom this person keeps in view. */
  pinnedId: string | null
  /** Whose screen is shared. */
  sharerId: string | null
  selfId: string
  sites: Meeting['sites']
}

export type StageLayout = { slides: string | null; large: string | null; others: string[] }

/** Participants at the main hall, the one with a picture first. */
export const atMainHall = <T extends Here>(everyone: readonly T[], sites: Meeting['sites']): T[] => {
  const main = new Set(sites.filter(({ kind }) => kind === 'main').map(({ id }) => id))
  return everyone
    .filter(({ siteId, present }) => present && siteId !== null && main.has(siteId))
    .sort((a, b) => Number(b.camera === 'on') - Number(a.camera === 'on') || (a.id < b.id ? -1 : 1))
}

/**
 * Who is drawn where. Large is whom I pinned, else whom the chair shows, else whoever has the floor; a shared screen lies
 * beside. The main hall always comes first among the others, then those with a picture. With nobody to attend to all are
 * the same size. I am last: I know how I look.
 */
export function stageLayout(
  everyone: readonly Here[],
  { speakerId, spotlightId, pinnedId, sharerId, selfId, sites }: Attention,
): StageLayout {
  const main = new Set(atMainHall(everyone, sites).map(({ id }) => id))
  const rank = (one: Here) => (one.id === selfId ? 3 : main.has(one.id) ? 0 : one.camera === 'on' ? 1 : 2)
  const here = everyone.filter((one) => one.present).sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
  const isHere = (id: string | null) => (here.some((one) => one.id === id) ? id : null)
  const slides = isHere(sharerId)
  const wanted = isHere(pinnedId) ?? isHere(spotlightId) ?? isHere(speakerId)
  const large = here.length > 1 || slides ? wanted : null
  return { slides, large, others: here.filter((one) => one.id !== large).map((one) => one.id) }
}
