import { admin } from './en/admin.ts'
import { breakouts } from './en/breakouts.ts'
import { chairing } from './en/chairing.ts'
import { clocks } from './en/clocks.ts'
import { common } from './en/common.ts'
import { conversations } from './en/conversations.ts'
import { failure } from './en/errors.ts'
import { evaluations } from './en/evaluations.ts'
import { exports } from './en/exports.ts'
import { floor } from './en/floor.ts'
import { guard } from './en/guard.ts'
import { handling } from './en/handling.ts'
import { home } from './en/home.ts'
import { identity } from './en/identity.ts'
import { ledger } from './en/ledger.ts'
import { media } from './en/media.ts'
import { meetings } from './en/meetings.ts'
import { minutes } from './en/minutes.ts'
import { notifications } from './en/notifications.ts'
import { opinion } from './en/opinion.ts'
import { polls } from './en/polls.ts'
import { posters } from './en/posters.ts'
import { proposals } from './en/proposals.ts'
import { queue } from './en/queue.ts'
import { recommendations } from './en/recommendations.ts'
import { recording } from './en/recording.ts'
import { regions } from './en/regions.ts'
import { room } from './en/room.ts'
import { shell } from './en/shell.ts'
import { signing } from './en/signing.ts'
import { stage } from './en/stage.ts'
import { stations } from './en/stations.ts'
import { suggestions } from './en/suggestions.ts'
import { themes } from './en/themes.ts'
import { topics } from './en/topics.ts'
import { voice } from './en/voice.ts'
import type { Words } from './words.ts'
import type { zhCN } from './zh-CN.ts'

/** One line for each domain's words. */
export const en = {
  clocks,
  common,
  breakouts,
  chairing,
  shell,
  failure,
  floor,
  media,
  room,
  stage,
  stations,
  polls,
  suggestions,
  themes,
  topics,
  voice,
  evaluations,
  exports,
  notifications,
  opinion,
  minutes,
  signing,
  admin,
  guard,
  conversations,
  handling,
  home,
  identity,
  meetings,
  posters,
  queue,
  recommendations,
  proposals,
  ledger,
  recording,
  regions,
} satisfies Words<typeof zhCN>
