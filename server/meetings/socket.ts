import type { Handlers, Readers } from '../../shared/commands.ts'
import type { meetingCommands, meetingQueries } from '../../shared/meetings.ts'
import type { InvitationService } from './invitations.ts'
import type { MeetingService } from './service.ts'

export const meetingHandlers = (meetings: MeetingService, invitations: InvitationService): Handlers<typeof meetingCommands> => ({
  'meeting:create': meetings.create,
  'meeting:update': meetings.update,
  'meeting:open': meetings.open,
  'meeting:end': meetings.end,
  'agenda:go': meetings.goTo,
  'meeting:watch': meetings.watch,
  'invitation:create': invitations.create,
  'invitation:revoke': invitations.revoke,
  'invitation:accept': invitations.accept,
})

export const meetingReaders = (meetings: MeetingService, invitations: InvitationService): Readers<typeof meetingQueries> => ({
  meetings: meetings.list,
  meeting: meetings.get,
  invitations: invitations.list,
  invitation: invitations.show,
})
