import { AppError } from '../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, allow, can, signedIn } from '../../shared/policy.ts'
import { requireLive } from '../meetings/service.ts'
import { roleInMeeting } from './rank.ts'

/**
 * Who stands at the door for the chair.
 * @throws AppError `not-allowed` for whom the chair keeps out: barred, `room-locked`, or `in-the-lobby`.
 */
export type Door = { check(actor: Actor, meeting: Meeting): Promise<void> }

type Wish = { siteId: string | null; name?: string | undefined }

/** @throws AppError when this actor may not be in the room, or the room is not open. */
export function admit(actor: Actor, meeting: Meeting): string {
  allow(actor, 'room:enter', subjectOfMeeting(meeting))
  requireLive(meeting)
  return signedIn(actor)
}

/** @throws AppError `invalid-input` for a site that is not the meeting's. */
export function requireSite(meeting: Meeting, siteId: string | null) {
  if (siteId !== null && !meeting.sites.some((site) => site.id === siteId)) {
    throw new AppError('invalid-input', 'unknown-site', { siteId: 'unknown-site' })
  }
}

/** As whom somebody enters. Only those without a name of their own may bring one. */
export function appearance(actor: Actor, meeting: Meeting, accountId: string, { siteId, name }: Wish) {
  requireSite(meeting, siteId)
  const shown = (actor.anonymous && name) || actor.name
  const subject = subjectOfMeeting(meeting)
  const [voter, mayChair] = [can(actor, 'vote:cast', subject), can(actor, 'room:chair', subject)]
  return { accountId, name: shown, role: roleInMeeting(actor, subject), siteId, voter, mayChair }
}

/** Moderators are heard without being given the word; of a secretariat, which may give it too, the word is asked. */
export const presides = (actor: Actor, meeting: Meeting) => can(actor, 'floor:preside', subjectOfMeeting(meeting))

export const maySpeak = (actor: Actor, meeting: Meeting) => can(actor, 'room:speak', subjectOfMeeting(meeting))
