import { admin } from './zh-CN/admin.ts'
import { breakouts } from './zh-CN/breakouts.ts'
import { chairing } from './zh-CN/chairing.ts'
import { clocks } from './zh-CN/clocks.ts'
import { common } from './zh-CN/common.ts'
import { conversations } from './zh-CN/conversations.ts'
import { failure } from './zh-CN/errors.ts'
import { evaluations } from './zh-CN/evaluations.ts'
import { exports } from './zh-CN/exports.ts'
import { floor } from './zh-CN/floor.ts'
import { guard } from './zh-CN/guard.ts'
import { handling } from './zh-CN/handling.ts'
import { home } from './zh-CN/home.ts'
import { identity } from './zh-CN/identity.ts'
import { ledger } from './zh-CN/ledger.ts'
import { media } from './zh-CN/media.ts'
import { meetings } from './zh-CN/meetings.ts'
import { minutes } from './zh-CN/minutes.ts'
import { notifications } from './zh-CN/notifications.ts'
import { opinion } from './zh-CN/opinion.ts'
import { polls } from './zh-CN/polls.ts'
import { posters } from './zh-CN/posters.ts'
import { proposals } from './zh-CN/proposals.ts'
import { queue } from './zh-CN/queue.ts'
import { recommendations } from './zh-CN/recommendations.ts'
import { recording } from './zh-CN/recording.ts'
import { regions } from './zh-CN/regions.ts'
import { room } from './zh-CN/room.ts'
import { shell } from './zh-CN/shell.ts'
import { signing } from './zh-CN/signing.ts'
import { stage } from './zh-CN/stage.ts'
import { stations } from './zh-CN/stations.ts'
import { suggestions } from './zh-CN/suggestions.ts'
import { themes } from './zh-CN/themes.ts'
import { topics } from './zh-CN/topics.ts'
import { voice } from './zh-CN/voice.ts'

/** One line for each domain's words. */
export const zhCN = {
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
}
