import type { EvaluationRules } from '../../shared/evaluation-rules.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader } from '../db/db.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Mailer } from '../notifications/mailer.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import type { RegionService } from '../regions/service.ts'
import type { TopicService } from '../topics/topic-service.ts'
import { createDraws } from './draws.ts'
import { createEvaluatorLetters } from './letters.ts'
import { createLookBacks } from './look-backs.ts'
import { createPools } from './pools.ts'
import { createEvaluationService } from './service.ts'

export type Evaluations = ReturnType<typeof createEvaluations>

type Deps = {
  db: Db
  audit: AuditService
  regions: RegionService
  recommendations: RecommendationService
  topics: Pick<TopicService, 'raise'>
  jobs: Jobs
  mailer: Mailer | null
  publicUrl: string | undefined
  rulesOf(reader: Reader, regionCode: string): Promise<EvaluationRules>
  now: () => Date
}

/** What comes after a reply: how it was judged and by whom, a second round, the register, and looking back. */
export function createEvaluations({ db, audit, regions, recommendations, topics, jobs, mailer, publicUrl, rulesOf, now }: Deps) {
  const pools = createPools({ db, audit, regions, now })
  const evaluations = createEvaluationService({ db, audit, recommendations, rulesOf, now })
  const letters = createEvaluatorLetters({ db, jobs, mailer, publicUrl, recommendations, now })
  const draws = createDraws({ db, audit, recommendations, pools, evaluations, letters, now })
  const lookBacks = createLookBacks({ db, audit, recommendations, topics, now })
  return { pools, evaluations, draws, lookBacks }
}
