import { z } from 'zod'
import { AppError } from './errors.ts'

export const roles = [
  'admin',
  'secretary',
  'reviewer',
  'moderator',
  'recorder',
  'member',
  'citizen',
  'handler',
  'head',
  'expert',
  'observer',
] as const
export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>

/** Where a role holds: a region with all below it (`''` is the whole country), one organization, or one meeting. */
export const scopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('region'), regionCode: z.string().regex(/^(|\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/) }),
  z.object({ kind: z.literal('organization'), organizationId: z.uuid() }),
  z.object({ kind: z.literal('meeting'), meetingId: z.uuid() }),
])
export type Scope = z.infer<typeof scopeSchema>

export type Grant = { role: Role; scope: Scope }

/** From where somebody asks, as the doors saw it; what a rule against floods goes by, and never a right. */
export type Origin = { address: string; deviceId: string | null; proof?: string | undefined }

/** Whoever asks. `accountId` is null for somebody who has not even an anonymous account. */
export type Actor = {
  accountId: string | null
  name: string
  anonymous: boolean
  sessionId: string | null
  grants: Grant[]
  /** Left out for the program itself. */
  origin?: Origin
}

/** What happens by itself, or by whoever has the machine. */
export const program: Actor = { accountId: null, name: 'system', anonymous: false, sessionId: null, grants: [] }
export const stranger: Actor = { accountId: null, name: '', anonymous: true, sessionId: null, grants: [] }

/** What an action is done to, as far as rights depend on it. */
export type Subject = {
  /** The co-hosting regions of a meeting, or the region of the thing itself. */
  regionCodes?: readonly string[]
  meetingId?: string
  organizationId?: string
  /** The account that made the thing. */
  ownerId?: string | null
}

type Rule = { roles?: readonly Role[]; owner?: true; anyone?: true; signedIn?: true }

const staff = ['admin', 'secretary', 'moderator'] as const
const inTheRoom = ['admin', 'secretary', 'moderator', 'recorder', 'member', 'expert', 'handler', 'head', 'observer'] as const

/** Who may do what. An action that is not here does not exist; the test of this table enumerates every role for each. */
export const rules = {
  'account:manage': { roles: ['admin'] },
  'session:revoke': { roles: ['admin'], owner: true },
  'organization:create': { roles: ['admin', 'secretary'] },
  /** Which other systems are told what happens in a region. */
  'webhook:manage': { roles: ['admin', 'secretary'] },
  /** Opening, naming and closing the standing venues of a region. */
  'station:manage': { roles: ['admin', 'secretary'] },
  'meeting:read': { anyone: true },
  'meeting:create': { roles: ['admin', 'secretary'] },
  'meeting:edit': { roles: staff },
  'meeting:invite': { roles: staff },
  'meeting:run': { roles: staff },
  'room:enter': { roles: inTheRoom },
  /** The chair's side: the door, order in the room, roll calls and votes. */
  'room:chair': { roles: staff },
  'room:speak': { roles: ['admin', 'secretary', 'moderator', 'recorder', 'member', 'expert', 'handler', 'head'] },
  'vote:cast': { roles: ['member'] },
  /** Writing down what a group came to: of one's own group. */
  'breakout:note': { roles: ['admin', 'secretary', 'moderator', 'recorder', 'member', 'expert', 'handler', 'head'] },
  'attendance:read': { roles: ['admin', 'secretary', 'moderator', 'recorder'] },
  'floor:request': { roles: ['admin', 'secretary', 'moderator', 'recorder', 'member', 'expert', 'handler', 'head'] },
  /** Whoever may take the chair may give the word. */
  'floor:give': { roles: staff },
  /** Being heard without being given the word. */
  'floor:preside': { roles: ['admin', 'moderator'] },
  /** Deciding whether speeches are recorded. */
  'recording:control': { roles: staff },
  'recording:replay': { roles: inTheRoom },
  'suggestion:post': { signedIn: true },
  'poll:answer': { signedIn: true },
  'photo:add': { signedIn: true },
  /** Sending a picture of oneself to the phones: of the one who is asked for it. */
  'still:send': { owner: true },
  'receipt:claim': { signedIn: true },
  /** Leaving an address for the answer: the receipt is all that is needed. */
  'letters:ask': { anyone: true },
  'suggestion:support': { signedIn: true },
  'stance:give': { signedIn: true },
  'suggestion:read-all': { roles: inTheRoom },
  'suggestion:moderate': { roles: staff },
  /** What a region consults on next, and by which words it is noticed. */
  'topic:decide': { roles: ['admin', 'secretary'] },
  'lexicon:edit': { roles: ['admin', 'secretary'] },
  /** The words, links and limits that suggestions of a region are looked at by. */
  'guard:rules': { roles: ['admin', 'secretary'] },
  /** Barring devices, setting voices aside and defending a meeting that is under attack. */
  'guard:defend': { roles: staff },
  'minutes:read': { roles: inTheRoom },
  'minutes:edit': { roles: ['admin', 'secretary', 'moderator', 'recorder'] },
  /** Proposing changes of minutes whose text stands. */
  'minutes:amend': { roles: ['admin', 'secretary', 'moderator', 'recorder', 'member', 'expert', 'handler', 'head'] },
  /** Putting what the recorders wrote in order, as a draft. */
  'minutes:compile': { roles: staff },
  /** Saying which recorder writes which sections. */
  'minutes:assign': { roles: staff },
  /** What the minutes of a region begin with. */
  'minutes:template': { roles: ['admin', 'secretary'] },
  /** Leading the minutes from one stage to the next. */
  'minutes:stage': { roles: staff },
  /** Signing for a region; the subject is that region alone. */
  'minutes:sign': { roles: ['secretary', 'moderator'] },
  /** What every region has signed is everybody's to read. */
  'minutes:read-published': { anyone: true },
  /** Writing a proposal for a recommendation of the meeting. */
  'proposal:propose': { roles: ['admin', 'secretary', 'moderator', 'recorder', 'member', 'expert'] },
  'proposal:write': { owner: true },
  /** Of whoever was asked to sign. */
  'proposal:co-sign': { owner: true },
  'proposal:review': { roles: ['admin', 'secretary', 'reviewer'] },
  /** Saying who else reviews for a region. */
  'reviewer:appoint': { roles: ['admin', 'secretary'] },
  /** Taking over what another reviewer has claimed. */
  'proposal:take-over': { roles: ['admin', 'secretary'] },
  /** What a region asks of proposals, and how it reviews and numbers them. */
  'proposal:rules': { roles: ['admin', 'secretary'] },
  /** Writing, reviewing and accepting at once. */
  'recommendation:create': { roles: ['admin', 'secretary'] },
  'recommendation:read': { roles: [...inTheRoom, 'reviewer'] },
  /** What of a recommendation the public reads. */
  'recommendation:classify': { roles: ['admin', 'secretary'] },
  /** What came of consultations is everybody's to read. */
  'outcome:read': { anyone: true },
  'assignment:issue': { roles: ['admin', 'secretary'] },
  /** Giving more time, and stopping and resuming deadlines. */
  'assignment:grant-time': { roles: ['admin', 'secretary'] },
  /** By which periods and which calendar a region's deadlines are counted. */
  'clock:edit': { roles: ['admin', 'secretary'] },
  /** A department's own work: signing for what it is given, writing the answer, counter-signing, sending back. */
  'assignment:handle': { roles: ['handler', 'head'] },
  /** Signing the answer for the department, or giving a draft back to whoever wrote it. */
  'assignment:answer': { roles: ['head'] },
  /** Looking whether an answer is complete: the region's secretariat, and the leader who supervises (督办), who owns it here. */
  'assignment:review': { roles: ['admin', 'secretary'], owner: true },
  /** What proposers and a department say to each other: the department's own side, and the proposers'. */
  'conversation:join': { roles: ['handler', 'head'] },
  'conversation:propose': { owner: true },
  /** The region's secretariat reads and takes part; so does the supervising leader, who owns it here. */
  'conversation:oversee': { roles: ['admin', 'secretary'], owner: true },
  /** Saying how it was handled: the proposers themselves, who own it here, and those of a department. Who was drawn has a link. */
  'evaluation:give': { roles: ['handler', 'head'], owner: true },
  /** The pool and the draw of evaluators, closing an evaluation, the register, and looking back. */
  'evaluation:manage': { roles: ['admin', 'secretary'] },
  /** 催办: reminding a department of what it has not signed for or answered. */
  'assignment:remind': { roles: ['admin', 'secretary'] },
  /** Keeping a view of the ledger for everybody in a region. */
  'ledger:share': { roles: ['admin', 'secretary'] },
  /** Entering what a region recommended in earlier years. */
  'ledger:import': { roles: ['admin', 'secretary'] },
  'export:read': { roles: inTheRoom },
  /** The minutes with what the audit trail says of them. */
  'export:bundle': { roles: ['admin', 'secretary', 'moderator', 'recorder'] },
  'audit:read': { roles: ['admin'] },
} as const satisfies Record<string, Rule>

export type Action = keyof typeof rules

/** Whether `actor` may do `action` to `subject`. Pure; the only place where rights are decided, at both ends. */
export function can(actor: Actor, action: Action, subject: Subject = {}): boolean {
  const rule: Rule = rules[action]
  if (rule.anyone) return true
  if (actor.accountId === null) return false
  if (rule.signedIn) return true
  if (rule.owner && subject.ownerId === actor.accountId) return true
  return actor.grants.some((grant) => rule.roles?.includes(grant.role) && covers(grant.scope, subject))
}

/** Whether somebody holds a role for this anywhere at all; whether it reaches here is for {@link can} to say. */
export function canSomewhere(actor: Actor, action: Action): boolean {
  const rule: Rule = rules[action]
  return actor.accountId !== null && actor.grants.some(({ role }) => rule.roles?.includes(role) ?? false)
}

/** Whether a scope holds for a subject: a region's scope reaches down its subtree, because codes of a subtree share its prefix. */
export function covers(scope: Scope, subject: Subject): boolean {
  switch (scope.kind) {
    case 'region':
      return scope.regionCode === '' || (subject.regionCodes?.some((code) => code.startsWith(scope.regionCode)) ?? false)
    case 'organization':
      return subject.organizationId === scope.organizationId
    case 'meeting':
      return subject.meetingId === scope.meetingId
  }
}

/** @throws AppError `not-signed-in` for a stranger, `not-allowed` for anyone else whom the policy does not let. */
export function allow(actor: Actor, action: Action, subject: Subject = {}) {
  if (!can(actor, action, subject)) throw refusal(actor)
}

/** For what is decided for each of several things. @throws AppError as {@link allow} does, for whoever could do it to none. */
export function allowSomewhere(actor: Actor, action: Action) {
  if (!canSomewhere(actor, action)) throw refusal(actor)
}

const refusal = ({ accountId }: Actor) =>
  accountId === null ? new AppError('not-signed-in', 'not-signed-in') : new AppError('not-allowed', 'not-allowed')

/** The account of whoever asks. @throws AppError `not-signed-in`. */
export function signedIn(actor: Actor): string {
  if (actor.accountId === null) throw new AppError('not-signed-in', 'not-signed-in')
  return actor.accountId
}
