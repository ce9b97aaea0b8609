import type { Readers } from '../../shared/commands.ts'
import type { stillQueries } from '../../shared/stills.ts'
import type { StillService } from './service.ts'

export const stillReaders = (stills: StillService): Readers<typeof stillQueries> => ({ still: stills.look })
