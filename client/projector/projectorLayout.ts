import type { Participant } from '../../shared/media.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { atMainHall } from '../room/stageLayout.ts'

type Here = Pick<Participant, 'id' | 'siteId' | 'camera' | 'present'>

type Attention = {
  speakerId: string | null
  spotlightId: string | null
  sharerId: string | null
  /** Who is heard most, for where the word is not given. */
  dominantId: string | null
  sites: Meeting['sites']
}

export type ProjectorLayout = { slides: string | null; large: string | null; beside: string[] }

const mostBeside = { withSlides: 2, without: 3 }

/**
 * A hall's screen: who speaks (or whom the chair shows) large, the main hall beside it; slides take the large place and
 * the two stand beside them. What is left is filled with sites that have a picture.
 */
export function projectorLayout(
  everyone: readonly Here[],
  { speakerId, spotlightId, sharerId, dominantId, sites }: Attention,
): ProjectorLayout {
  const here = everyone.filter(({ present }) => present)
  const isHere = (id: string | null) => (here.some((one) => one.id === id) ? id : null)
  const slides = isHere(sharerId)
  const main = atMainHall(here, sites)[0]?.id ?? null
  const attended = isHere(spotlightId) ?? isHere(speakerId) ?? isHere(dominantId) ?? main ?? here[0]?.id ?? null
  const seen = here.filter(({ camera }) => camera === 'on').map(({ id }) => id)
  const order = [...new Set([...(slides && attended ? [attended] : []), ...(main ? [main] : []), ...seen.sort()])]
  const large = slides ? null : attended
  const most = slides ? mostBeside.withSlides : mostBeside.without
  return { slides, large, beside: order.filter((id) => id !== large).slice(0, most) }
}
