import type { Participant } from '../../shared/media.ts'
import type { Stay } from './peer.ts'

/** A hall's screen as it appears to itself; nobody else is told of it. */
export const onlooker = ({ participantId, meetingId, siteId, actor }: Stay): Participant => ({
  id: participantId,
  meetingId,
  accountId: actor.accountId!,
  name: actor.name,
  role: 'observer',
  siteId,
  siteName: null,
  regionCode: null,
  regionPath: [],
  present: true,
  microphone: 'off',
  camera: 'off',
  heldByChair: [],
  heldBy: null,
  voter: false,
  mayChair: false,
  version: 0,
})
