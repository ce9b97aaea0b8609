import type { Logger } from 'pino'
import { AppError } from '../../shared/errors.ts'
import type { FlagKind, GuardState } from '../../shared/guard.ts'
import { type Actor, can } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Config } from '../config.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { IdentityService } from '../identity/service.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { RegionService } from '../regions/service.ts'
import { type Known, type MakeLimiter, onceKnown } from '../transport/limits.ts'
import type { Proofs } from '../transport/proof.ts'
import type { Publish } from '../transport/publish.ts'
import { type AuthorSource, createBars } from './bars.ts'
import { createFindings, guardian, type VoteSource } from './findings.ts'
import { createRules, type Look, lookOf } from './rules.ts'
import { createSiege } from './siege.ts'
import * as store from './store.ts'
import { createTraces } from './traces.ts'
import { madeAt } from './votes.ts'
import { createWatch } from './watch.ts'

export type GuardService = ReturnType<typeof createGuardService>

type Deps = {
  db: Db
  audit: AuditService
  identity: Pick<IdentityService, 'grantsOf'>
  regions: RegionService
  meetings: MeetingService
  publish: Publish
  proofs: Proofs
  limiter: MakeLimiter
  secret: string
  limits: Pick<Config, 'postsPerMinute' | 'attackPostsPerMinute'>
  now: () => Date
  log: Logger
}

/** What is known of a meeting for a while: whoever changes it on another node is followed within this time. */
type Facts = { regionCodes: string[]; look: Look; barred: Set<string>; defence: GuardState['defence']; readAtMs: number }
type Post = { id: string; meetingId: string; text: string; authorName?: string | undefined; place?: string | undefined }

const factsMs = 5_000
const tickMs = 1_000
/** Votes are looked through this long after they changed, and not more often. */
const lookEveryMs = 30_000
const missesPerMinute = 60
const looksPerReceipt = 120

/** Keeps those who would flood, fake or silence a meeting from doing so, and honest people from noticing. */
export function createGuardService({ db, audit, identity, regions, meetings, publish, proofs, limiter, secret, limits, now, log }: Deps) {
  const facts = new Map<string, Facts>()
  const readings = new Map<string, Promise<Facts>>()
  const watches = new Map<string, ReturnType<typeof createWatch>>()
  const sieges = new Map<string, ReturnType<typeof createSiege>>()
  const posters = limiter('posters', limits.postsPerMinute)
  const misses = limiter('misses', missesPerMinute)
  const receipts = limiter('receipts', looksPerReceipt)
  const changeListeners: ((meetingId: string) => void)[] = []
  const stale = new Map<string, number>()
  let authorOf: AuthorSource = async () => undefined
  let votes: VoteSource = { votesOf: async () => [], textsOf: async () => [] }

  const traces = createTraces({ db, secret, now, log })
  const rules = createRules({ db, audit, regions, onChange: () => facts.clear() })
  const bars = createBars({
    db,
    audit,
    identity,
    meetings,
    publish,
    now,
    authorOf: (reader, suggestionId) => authorOf(reader, suggestionId),
    traceOf: traces.of,
    onChange: (meetingId) => void facts.delete(meetingId),
  })
  const findings = createFindings({
    db,
    audit,
    meetings,
    publish,
    now,
    log,
    votes: () => votes,
    onChange: (meetingId) => changeListeners.forEach((listener) => void listener(meetingId)),
  })

  async function readFacts(reader: Reader, meetingId: string): Promise<Facts> {
    const regionCodes = await store.regionsOfMeeting(reader, meetingId)
    const known = await store.listRules(reader, regionCodes)
    const barred = await store.listBarred(reader, meetingId)
    const defence = await store.readDefence(reader, meetingId)
    const standing = barred.filter(({ liftedAt }) => liftedAt === null)
    return {
      regionCodes,
      look: lookOf(known, regionCodes),
      barred: new Set(standing.flatMap(({ accountId, deviceId }) => (deviceId ? [accountId, deviceId] : [accountId]))),
      defence,
      readAtMs: now().getTime(),
    }
  }

  const isFresh = ({ readAtMs }: Facts) => Math.abs(now().getTime() - readAtMs) < factsMs

  async function read(reader: Reader, meetingId: string): Promise<Facts> {
    const read = await readFacts(reader, meetingId)
    // Nothing is kept of a meeting that is not there.
    if (read.regionCodes.length > 0) facts.set(meetingId, read)
    return read
  }

  /** What is known of a meeting, at once where it is known; several who ask at the same time wait for one reading. */
  function withFacts<T>(meetingId: string, use: (known: Facts) => Known<T>): Known<T> {
    const known = facts.get(meetingId)
    if (known && isFresh(known)) return use(known)
    const under = readings.get(meetingId)
    if (under) return under.then(use)
    const reading = read(db.reader, meetingId).finally(() => readings.delete(meetingId))
    readings.set(meetingId, reading)
    return reading.then(use)
  }

  function kept<T>(map: Map<string, T>, meetingId: string, make: () => T): T {
    const known = map.get(meetingId)
    if (known) return known
    const made = make()
    map.set(meetingId, made)
    return made
  }

  const siegeOf = (meetingId: string) =>
    kept(sieges, meetingId, () =>
      createSiege({ attackPostsPerMinute: limits.attackPostsPerMinute, now, onChange: (since) => void noteAttack(meetingId, since) }),
    )

  async function noteAttack(meetingId: string, since: string | null) {
    log.warn({ meetingId, since }, since ? 'a meeting is under attack' : 'the attack on a meeting is over')
    await db
      .transaction(async (tx) => {
        await audit.record(tx, guardian, since ? 'guard:attack' : 'guard:attack-over', meetingId, {})
        publish(tx, meetingId, ['chair'], 'guard:changed', { meetingId })
      })
      .catch((error: unknown) => log.error({ err: error }, 'an attack could not be written down'))
  }

  /** @throws AppError `not-allowed`, `barred`, for a device that may not take part in this meeting any more. */
  function admit(actor: Actor, meetingId: string, known: Facts) {
    const { deviceId } = traces.see(actor)
    if ((actor.accountId && known.barred.has(actor.accountId)) || (deviceId && known.barred.has(deviceId))) {
      siegeOf(meetingId).refuse()
      throw new AppError('not-allowed', 'barred')
    }
  }

  /** @throws AppError `too-many-requests` for a device that posts too often, or that has work to do first. */
  function requireShare(actor: Actor, meetingId: string, device: string, defence: Facts['defence']): Known<void> {
    const siege = siegeOf(meetingId)
    if (actor.anonymous) siege.hit()
    const refused = (error: unknown) => {
      siege.refuse()
      throw error
    }
    try {
      const passed = onceKnown(posters.take(device), () =>
        actor.anonymous && siege.asksForWork(defence) ? proofs.require(actor.origin?.proof) : undefined,
      )
      return passed instanceof Promise ? passed.catch(refused) : passed
    } catch (error) {
      return refused(error)
    }
  }

  function judge(actor: Actor, { id, meetingId, text, authorName = '', place = '' }: Post, known: Facts): Known<FlagKind[]> {
    admit(actor, meetingId, known)
    if (known.regionCodes.length === 0) return []
    const watch = kept(watches, meetingId, createWatch)
    const again = watch.find(id)
    if (again) return again
    const { deviceId, network } = traces.see(actor)
    const device = deviceId ?? actor.accountId ?? network
    return onceKnown(requireShare(actor, meetingId, device, known.defence), () => {
      // The same may have come twice meanwhile.
      const twin = watch.find(id)
      if (twin) return twin
      if (can(actor, 'room:enter', { meetingId, regionCodes: known.regionCodes })) watch.knownHall(network)
      const flags = known.look([authorName, place, text].filter(Boolean).join('\n'))
      const madeAtMs = actor.accountId ? madeAt(actor.accountId) : 0
      return watch.add({ id, text, device, network, madeAtMs, atMs: now().getTime() }, flags)
    })
  }

  async function state(meetingId: string): Promise<GuardState> {
    const { defence } = await withFacts(meetingId, (known) => known)
    const siege = siegeOf(meetingId)
    siege.judge()
    return { meetingId, defence, working: siege.asksForWork(defence), ...siege.state(), ...(await findings.standing(meetingId)) }
  }

  let ticking: Promise<unknown> = Promise.resolve()
  async function tick() {
    await traces.flush()
    for (const siege of sieges.values()) siege.judge()
    const due = [...stale].filter(([, at]) => at <= now().getTime()).map(([meetingId]) => meetingId)
    for (const meetingId of due) {
      stale.delete(meetingId)
      await findings.look(meetingId)
    }
  }
  const timer = setInterval(() => {
    ticking = ticking.then(tick).catch((error: unknown) => log.warn({ err: error }, 'the guard missed a round'))
  }, tickMs)

  meetings.onEnd(async (tx, _actor, { id }) =>
    tx.afterCommit(() => {
      for (const map of [facts, watches, sieges]) map.delete(id)
    }),
  )

  return {
    ...rules,
    ...bars,
    /** @throws AppError `not-allowed`, `barred`, for a device that may not take part in this meeting any more. */
    async admit(reader: Reader, actor: Actor, meetingId: string): Promise<void> {
      const known = facts.get(meetingId)
      // Read by the caller's own connection: a transaction that waits for another one could wait for ever.
      admit(actor, meetingId, known && isFresh(known) ? known : await read(reader, meetingId))
    },
    addAuthorSource(source: AuthorSource) {
      authorOf = source
    },
    addVoteSource(source: VoteSource) {
      votes = source
    },
    /** Told when it has changed whose votes count. */
    onChange: (listener: (meetingId: string) => void) => void changeListeners.push(listener),
    /** Signing in washes nothing off: what was decided about a visitor holds for the account. */
    async unite(tx: Tx, from: string, to: string) {
      await store.movePerson(tx, from, to)
      tx.afterCommit(() => facts.clear())
    },

    /** Accounts whose votes do not count. */
    setAside: findings.accountsSetAside,
    /** The same for several meetings at once. */
    setAsideOf: findings.setAsideOf,
    /** The votes of a meeting have changed; they are looked through soon. */
    votesChanged: (meetingId: string) => {
      if (!stale.has(meetingId)) stale.set(meetingId, now().getTime() + lookEveryMs)
    },
    /** Tells what says a word that a region of the meeting has listed. */
    listedIn: async (meetingId: string): Promise<(text: string) => boolean> =>
      withFacts(
        meetingId,
        ({ look }) =>
          (text) =>
            look(text).includes('words'),
      ),
    /** Looks through the votes at once. */
    lookNow: findings.look,

    /**
     * Looks at a suggestion before it is stored, and says why it deserves a look; at once where the meeting is known.
     * @throws AppError `not-allowed` for a barred device, `too-many-requests` for one that posts too often or has work to do first.
     */
    consider: (actor: Actor, post: Post): Known<FlagKind[]> => withFacts(post.meetingId, (known) => judge(actor, post, known)),

    /** Whether a receipt may be looked up: guessing is made hopeless, and reading one over and over slow. @throws AppError `too-many-requests`. */
    requireLookUp: (actor: Actor, receipt: string): Known<void> =>
      onceKnown(misses.require(guesserOf(actor)), () => receipts.take(receipt)),
    /** There was no such receipt. */
    missed: (actor: Actor): Known<void> => onceKnown(misses.wait(guesserOf(actor)), () => undefined),

    async guard(actor: Actor, { meetingId }: { meetingId: string }): Promise<GuardState> {
      await meetings.require(db.reader, actor, 'guard:defend', meetingId)
      return state(meetingId)
    },

    async defend(actor: Actor, { meetingId, defence }: { meetingId: string; defence: GuardState['defence'] }): Promise<GuardState> {
      await db.transaction(async (tx) => {
        await meetings.require(tx, actor, 'guard:defend', meetingId)
        if ((await store.readDefence(tx, meetingId)) === defence) return
        await store.putDefence(tx, meetingId, defence)
        await audit.record(tx, actor, 'guard:defend', meetingId, { defence })
        publish(tx, meetingId, ['chair'], 'guard:changed', { meetingId })
        tx.afterCommit(() => void facts.delete(meetingId))
      })
      return state(meetingId)
    },

    async setVotesAside(actor: Actor, input: { meetingId: string; findingIds: string[] }): Promise<GuardState> {
      await findings.setAside(actor, input)
      return state(input.meetingId)
    },
    async restoreVotes(actor: Actor, input: { meetingId: string; findingIds: string[] }): Promise<GuardState> {
      await findings.restore(actor, input)
      return state(input.meetingId)
    },

    async close() {
      clearInterval(timer)
      await ticking
      await traces.flush()
    },
  }
}

const guesserOf = ({ origin, accountId }: Actor) => origin?.deviceId ?? origin?.address ?? accountId ?? 'unknown'
