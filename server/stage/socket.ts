import type { Handlers, Readers } from '../../shared/commands.ts'
import type { stageCommands, stageQueries } from '../../shared/stage.ts'
import type { StageService } from './service.ts'

export const stageHandlers = (stage: StageService): Handlers<typeof stageCommands> => ({
  'stage:show': stage.show,
  'stage:spotlight': stage.spotlight,
  'stage:view': stage.view,
  'stage:stop-screen': stage.stopScreen,
})

export const stageReaders = (stage: StageService): Readers<typeof stageQueries> => ({
  stage: stage.get,
  discussed: stage.discussed,
})
