import type { Readers } from '../../shared/commands.ts'
import type { minutesQueries } from '../../shared/minutes.ts'
import type { MinutesService } from './service.ts'

export const minutesReaders = (minutes: MinutesService): Readers<typeof minutesQueries> => ({
  'minutes-passages': minutes.passages,
  'minutes-authors': minutes.authors,
})
