import type { Logger } from 'pino'
import type { AuditService } from '../audit/service.ts'
import type { Db } from '../db/db.ts'
import type { GuardService } from '../guard/service.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { RegionService } from '../regions/service.ts'
import type { StanceService } from '../stances/service.ts'
import type { StationService } from '../stations/service.ts'
import type { SuggestionService } from '../suggestions/service.ts'
import type { MakeLimiter } from '../transport/limits.ts'
import type { Publish } from '../transport/publish.ts'
import { createTextEngine } from './engine.ts'
import { createSimilarService } from './similar-service.ts'
import { createThemeService } from './theme-service.ts'
import { createTopicService } from './topic-service.ts'
import { createVoiceService } from './voice-service.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: MeetingService
  regions: RegionService
  suggestions: SuggestionService
  stances: Pick<StanceService, 'sees'>
  guard: Pick<GuardService, 'setAside' | 'setAsideOf' | 'listedIn'>
  stations: Pick<StationService, 'namesOf'>
  publish: Publish
  limiter: MakeLimiter
  now: () => Date
  log: Logger
}

/** All that is read out of what people write: themes, similar suggestions, the chair's picture, and topics for later meetings. */
export function createTopics({ db, audit, meetings, regions, suggestions, stances, guard, stations, publish, limiter, now, log }: Deps) {
  const engine = createTextEngine({ log })
  const topics = createTopicService({ db, audit, meetings, regions, setAsideOf: guard.setAsideOf, now })
  const { lexiconOf } = topics
  const themes = createThemeService({
    db,
    audit,
    meetings,
    suggestions,
    publish,
    engine,
    setAside: guard.setAside,
    sees: stances.sees,
    lexiconOf,
    now,
    log,
  })
  themes.onGrouped(topics.look)
  const similar = createSimilarService({ db, meetings, engine, limiter, now })
  const voice = createVoiceService({
    db,
    meetings,
    themes,
    setAside: guard.setAside,
    sees: stances.sees,
    listedIn: guard.listedIn,
    viasOf: stations.namesOf,
    now,
  })
  return {
    themes,
    topics,
    similar,
    voice,
    /** Ends the rounds that have begun, then the thread. */
    async close() {
      await themes.close()
      await engine.close()
    },
  }
}
