import type { bundleQueries } from '../../shared/bundle.ts'
import type { Readers } from '../../shared/commands.ts'
import type { exportQueries } from '../../shared/exports.ts'
import type { BundleService } from './bundle/service.ts'
import type { ExportService } from './service.ts'

export const exportReaders = (exports: ExportService, bundles: BundleService): Readers<typeof exportQueries & typeof bundleQueries> => ({
  'export-forms': () => exports.forms(),
  'bundle-key': () => bundles.key(),
})
