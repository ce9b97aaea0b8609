import type { Readers } from '../../shared/commands.ts'
import type { opinionQueries } from '../../shared/opinion.ts'
import type { OpinionService } from './service.ts'

export const opinionReaders = (opinion: OpinionService): Readers<typeof opinionQueries> => ({
  opinion: opinion.get,
  'common-ground': opinion.common,
})
