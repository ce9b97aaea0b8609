import type { Handlers, Readers } from '../../shared/commands.ts'
import type { minutesVersionCommands, minutesVersionQueries } from '../../shared/minutes-versions.ts'
import type { VersionService } from './service.ts'

export const versionHandlers = (versions: VersionService): Handlers<typeof minutesVersionCommands> => ({
  'version:keep': versions.name,
  'version:restore': versions.restore,
})

export const versionReaders = (versions: VersionService): Readers<typeof minutesVersionQueries> => ({
  'minutes-versions': versions.list,
  'minutes-version': versions.get,
  'minutes-comparison': versions.compare,
})
