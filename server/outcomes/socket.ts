import type { Handlers, Readers } from '../../shared/commands.ts'
import type { outcomeCommands, outcomeQueries } from '../../shared/outcomes.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import type { OutcomeService } from './service.ts'

export const outcomeHandlers = (recommendations: Pick<RecommendationService, 'classify'>): Handlers<typeof outcomeCommands> => ({
  'recommendation:classify': recommendations.classify,
})

export const outcomeReaders = (
  outcomes: OutcomeService,
  recommendations: Pick<RecommendationService, 'publicityOf'>,
): Readers<typeof outcomeQueries> => ({
  outcomes: outcomes.list,
  outcome: outcomes.get,
  'recommendation-publicity': recommendations.publicityOf,
})
