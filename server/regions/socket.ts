import type { Handlers, Readers } from '../../shared/commands.ts'
import type { regionCommands, regionQueries } from '../../shared/regions.ts'
import type { RegionService } from './service.ts'

export const regionHandlers = (regions: RegionService): Handlers<typeof regionCommands> => ({
  'organization:create': regions.createOrganization,
})

export const regionReaders = (regions: RegionService): Readers<typeof regionQueries> => ({
  regions: regions.children,
  'region-search': regions.search,
  organizations: regions.organizations,
})
