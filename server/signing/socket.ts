import type { Handlers, Readers } from '../../shared/commands.ts'
import type { minutesFormCommands, minutesFormQueries } from '../../shared/minutes-form.ts'
import type { minutesPublishedQueries } from '../../shared/minutes-published.ts'
import type { minutesStageCommands, minutesStageQueries } from '../../shared/minutes-stages.ts'
import type { FormService } from './form.ts'
import type { SigningService } from './service.ts'

export const signingHandlers = (
  signing: SigningService,
  forms: FormService,
): Handlers<typeof minutesStageCommands & typeof minutesFormCommands> => ({
  'minutes:set-form': forms.set,
  'minutes:to-draft': signing.toDraft,
  'minutes:to-amending': signing.toAmending,
  'minutes:to-live': signing.toLive,
  'minutes:sign': signing.sign,
  'minutes:withdraw-signature': signing.withdraw,
  'minutes:unlock': signing.unlock,
  'minutes:keep-locked': signing.keepLocked,
})

export const signingReaders = (
  signing: SigningService,
  forms: FormService,
): Readers<typeof minutesStageQueries & typeof minutesPublishedQueries & typeof minutesFormQueries> => ({
  'minutes-state': signing.state,
  'minutes-missing': signing.missing,
  'published-minutes': signing.editions,
  'minutes-form': forms.get,
})
