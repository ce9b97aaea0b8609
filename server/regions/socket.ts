import type { Handlers, Readers } from '../../shared/commands.ts'
import type { regionCommands, regionQueries } from '../../shared/regions.ts'
import type { settingCommands, settingQueries } from '../../shared/settings.ts'
import type { RegionService } from './service.ts'
import type { SettingService } from './settings.ts'

export const regionHandlers = (regions: RegionService): Handlers<typeof regionCommands> => ({
  'organization:create': regions.createOrganization,
})

export const regionReaders = (regions: RegionService): Readers<typeof regionQueries> => ({
  regions: regions.children,
  'region-search': regions.search,
  organizations: regions.organizations,
})

export const settingHandlers = (settings: SettingService): Handlers<typeof settingCommands> => ({ 'setting:set': settings.set })

export const settingReaders = (settings: SettingService): Readers<typeof settingQueries> => ({ 'region-setting': settings.read })
