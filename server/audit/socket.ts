import type { auditQueries } from '../../shared/audit.ts'
import type { Readers } from '../../shared/commands.ts'
import type { AuditService } from './service.ts'

export const auditReaders = (audit: AuditService): Readers<typeof auditQueries> => ({ audit: audit.list })
