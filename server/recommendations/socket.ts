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
  'assignment:reply': recommendations.reply,
})

export const recommendationReaders = (recommendations: RecommendationService): Readers<typeof recommendationQueries> => ({
  recommendations: recommendations.list,
  recommendation: recommendations.get,
  'assignment-clocks': recommendations.clocksOf,
})
