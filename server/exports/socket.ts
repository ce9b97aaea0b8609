import type { Readers } from '../../shared/commands.ts'
import type { exportQueries } from '../../shared/exports.ts'
import type { ExportService } from './service.ts'

export const exportReaders = (exports: ExportService): Readers<typeof exportQueries> => ({ 'export-forms': () => exports.forms() })
