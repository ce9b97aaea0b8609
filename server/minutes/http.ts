import type { Readers } from '../../shared/commands.ts'
import type { minutesQueries } from '../../shared/minutes.ts'
import type { MinutesHeads } from './head.ts'
import type { MinutesService } from './service.ts'

export const minutesReaders = (minutes: MinutesService, heads: MinutesHeads): Readers<typeof minutesQueries> => ({
  'minutes-passages': minutes.passages,
  'minutes-head': heads.get,
  'minutes-authors': minutes.authors,
})
