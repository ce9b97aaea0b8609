import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import { AppError, found } from '../../shared/errors.ts'
import type { Invitation } from '../../shared/meetings.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db } from '../db/db.ts'
import type { IdentityService } from '../identity/service.ts'
import type { MeetingService } from './service.ts'
import * as store from './store.ts'

export type InvitationService = ReturnType<typeof createInvitationService>

type Deps = { db: Db; audit: AuditService; identity: IdentityService; meetings: MeetingService; now: () => Date }
type Wish = Pick<Invitation, 'id' | 'meetingId' | 'role' | 'siteId' | 'maxUses'> & { expiresInHours: number }

/** Links that let people into one meeting, in one role, with or without an account of their own. */
export function createInvitationService({ db, audit, identity, meetings, now }: Deps) {
  const byId = async (id: string) => found(await store.findInvitation(db.reader, { id }), 'no-such-invitation')

  function requireUsable(invitation: Invitation, usedBefore: boolean) {
    if (invitation.revoked) throw new AppError('conflict', 'invitation-revoked')
    if (Date.parse(invitation.expiresAt) <= now().getTime()) throw new AppError('conflict', 'invitation-expired')
    if (!usedBefore && invitation.uses >= invitation.maxUses) throw new AppError('conflict', 'invitation-used-up')
  }

  return {
    async list(actor: Actor, { meetingId }: { meetingId: string }): Promise<Invitation[]> {
      await meetings.require(db.reader, actor, 'meeting:invite', meetingId)
      return store.listInvitations(db.reader, meetingId)
    },

    /** What somebody who follows the link sees before accepting. */
    async show(_actor: Actor, { token }: { token: string }) {
      const invitation = found(await store.findInvitation(db.reader, { token }), 'no-such-invitation')
      requireUsable(invitation, true)
      const { id, code, title, status, startsAt, regions, siteCount, sites } = await meetings.byId(db.reader, invitation.meetingId)
      const siteName = sites.find((site) => site.id === invitation.siteId)?.name ?? null
      return { meeting: { id, code, title, status, startsAt, regions, siteCount }, role: invitation.role, siteName }
    },

    async create(actor: Actor, { expiresInHours, ...wish }: Wish): Promise<Invitation> {
      const meeting = await meetings.require(db.reader, actor, 'meeting:invite', wish.meetingId)
      if (wish.siteId && !meeting.sites.some((site) => site.id === wish.siteId)) throw new AppError('not-found', 'no-such-site')
      const expiresAt = new Date(now().getTime() + expiresInHours * 3_600_000).toISOString()
      await db.transaction(async (tx) => {
        // 128 random bits: whoever has the link is let in, so it must not be guessed.
        const row = { ...wish, expiresAt, token: randomBytes(16).toString('base64url'), createdBy: signedIn(actor) }
        if (await store.insertInvitation(tx, row))
          await audit.record(tx, actor, 'invitation:create', wish.id, { meetingId: wish.meetingId, role: wish.role })
      })
      const invitation = await byId(wish.id)
      if (invitation.meetingId !== wish.meetingId) throw new AppError('conflict', 'id-taken')
      return invitation
    },

    async revoke(actor: Actor, { invitationId }: { invitationId: string }): Promise<Invitation> {
      const { meetingId, revoked } = await byId(invitationId)
      await meetings.require(db.reader, actor, 'meeting:invite', meetingId)
      if (!revoked) {
        await db.transaction(async (tx) => {
          await store.revokeInvitation(tx, invitationId)
          await audit.record(tx, actor, 'invitation:revoke', invitationId, { meetingId })
        })
      }
      return byId(invitationId)
    },

    /** @throws AppError `conflict` when the link was revoked, has expired or is used up. */
    accept: (actor: Actor, { token, name }: { token: string; name?: string | undefined }) =>
      db.transaction(async (tx) => {
        const accountId = signedIn(actor)
        const known = found(await store.findInvitation(tx, { token }), 'no-such-invitation')
        await store.lockInvitation(tx, known.id)
        const invitation = found(await store.findInvitation(tx, { token }), 'no-such-invitation')
        const usedBefore = await store.hasUsed(tx, invitation.id, accountId)
        requireUsable(invitation, usedBefore)
        const { meetingId, siteId, role } = invitation
        if (!usedBefore) {
          if (actor.anonymous) await identity.nameGuest(tx, accountId, name)
          await store.insertUse(tx, invitation.id, accountId, now().toISOString())
          await identity.grantWithin(tx, v7(), accountId, { role, scope: { kind: 'meeting', meetingId } })
          await audit.record(tx, actor, 'invitation:accept', invitation.id, { meetingId, role })
        }
        return { meetingId, siteId, role }
      }),
  }
}
