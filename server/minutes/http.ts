import type { Handlers, Readers } from '../../shared/commands.ts'
import type { minutesQueries } from '../../shared/minutes.ts'
import type { minutesSectionCommands, minutesSectionQueries } from '../../shared/minutes-sections.ts'
import type { minutesTemplateCommands, minutesTemplateQueries } from '../../shared/minutes-template.ts'
import type { MinutesHeads } from './head.ts'
import type { SectionService } from './sections.ts'
import type { MinutesService } from './service.ts'
import type { TemplateService } from './templates.ts'

export const minutesReaders = (minutes: MinutesService, heads: MinutesHeads): Readers<typeof minutesQueries> => ({
  'minutes-passages': minutes.passages,
  'minutes-head': heads.get,
  'minutes-authors': minutes.authors,
})

export const sectionHandlers = (sections: SectionService): Handlers<typeof minutesSectionCommands> => ({
  'minutes:assign-sections': sections.assign,
})

export const sectionReaders = (sections: SectionService): Readers<typeof minutesSectionQueries> => ({
  'minutes-recorders': sections.recorders,
})

export const templateHandlers = (templates: TemplateService): Handlers<typeof minutesTemplateCommands> => ({
  'minutes:set-template': templates.set,
})

export const templateReaders = (templates: TemplateService): Readers<typeof minutesTemplateQueries> => ({
  'minutes-template': templates.read,
})
