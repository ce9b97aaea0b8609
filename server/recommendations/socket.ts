import type { Handlers, Readers } from '../../shared/commands.ts'
import type { recommendationCommands, recommendationQueries } from '../../shared/recommendations.ts'
import type { RecommendationService } from './service.ts'

export const recommendationHandlers = (recommendations: RecommendationService): Handlers<typeof recommendationCommands> => ({
  'assignment:issue': recommendations.issue,
  'assignment:sign': recommendations.sign,
  'assignment:extend': recommendations.extend,
  'assignment:pause': recommendations.pause,
  'assignment:resume': recommendations.resume,
  'assignment:return': recommendations.sendBack,
  'assignment:insist': recommendations.insist,
  'assignment:supervise': recommendations.supervise,
  'assignment:recall': recommendations.recall,
  'assignment:draft': recommendations.draft,
  'assignment:redraft': recommendations.redraft,
  'assignment:countersign': recommendations.countersign,
  'assignment:reply': recommendations.reply,
  'assignment:incomplete': recommendations.incomplete,
  'assignment:accept': recommendations.acceptReply,
})

export const recommendationReaders = (recommendations: RecommendationService): Readers<typeof recommendationQueries> => ({
  recommendations: recommendations.list,
  recommendation: recommendations.get,
  worklist: recommendations.worklist,
  'reply-draft': recommendations.draftOf,
  supervisors: recommendations.supervisors,
  'assignment-clocks': recommendations.clocksOf,
})
