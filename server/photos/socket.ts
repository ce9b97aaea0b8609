import type { Handlers } from '../../shared/commands.ts'
import type { photoCommands } from '../../shared/photos.ts'
import type { PhotoService } from './service.ts'

export const photoHandlers = (photos: PhotoService): Handlers<typeof photoCommands> => ({
  'minutes:add-image': photos.addToMinutes,
})
