import { AppError, found } from '../../shared/errors.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { type Actor, allow, program, rules, signedIn } from '../../shared/policy.ts'
import type { Lexicon, LexiconCategory, Topic } from '../../shared/topics.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { RegionService } from '../regions/service.ts'
import { joinLexicons } from './lexicon.ts'
import { putLexicon, readLexicon } from './lexicon-store.ts'
import * as store from './topic-store.ts'

export type TopicService = ReturnType<typeof createTopicService>

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'byId'>
  regions: Pick<RegionService, 'requireRegions'>
  /** Who heats nothing in which meeting. */
  setAsideOf: (meetingIds: readonly string[]) => Promise<readonly { meetingId: string; accountId: string }[]>
  now: () => Date
}
type LexiconInput = Pick<Lexicon, 'regionCode' | 'version' | 'categories' | 'threshold' | 'halfLifeDays'>
type Raised = Pick<Topic, 'id' | 'regionCode' | 'title'> & { suggestionIds: readonly string[] }

/** What regions should consult on next: proposed by heat, decided by their secretaries. */
export function createTopicService({ db, audit, meetings, regions, setAsideOf, now }: Deps) {
  async function byId(topicId: string): Promise<Topic> {
    return found((await store.readTopics(db.reader, [topicId]))[0], 'no-such-topic')
  }

  /** What is hot enough in a region, and what waits already, however hot it is now: people may have been set aside since. */
  async function heated(span: store.Span, threshold: number): Promise<store.HotCategory[]> {
    const out = await setAsideOf(await store.listHeatedMeetings(db.reader, span))
    const all = await store.readHeat(db.reader, span, out)
    const waiting = new Set(await store.listWaiting(db.reader, span.regionCode))
    const cold = [...waiting].filter((category) => !all.some((one) => one.category === category))
    return [
      ...all.filter(({ category, heat }) => heat >= threshold || waiting.has(category)),
      ...cold.map((category) => ({ category, heat: 0, suggestionIds: [], themes: [] })),
    ]
  }

  /** Proposes what has become hot enough in a region; a topic that waits already takes in what is new. */
  async function propose(regionCode: string) {
    const at = now().toISOString()
    const { threshold, halfLifeDays } = await readLexicon(db.reader, regionCode)
    for (const { category, heat, suggestionIds, themes } of await heated({ regionCode, halfLifeDays, at }, threshold)) {
      await db.transaction(async (tx) => {
        const waiting = await store.lockProposed(tx, regionCode, category)
        if (waiting) {
          await store.updateTopic(tx, waiting.id, { heat })
          return store.linkSuggestions(tx, waiting.id, suggestionIds)
        }
        // Decided between reading and locking.
        if (heat < threshold) return
        const title = titleOf(category, themes)
        const topicId = await store.insertTopic(tx, { regionCode, title, category, heat, proposedAt: at })
        await store.linkSuggestions(tx, topicId, suggestionIds)
        await audit.record(tx, program, 'topic:propose', topicId, { regionCode, category, heat, title })
      })
    }
  }

  /** Locks a topic that waits for a decision, and stores it. Deciding the same again gives the first result. */
  async function decide(actor: Actor, topicId: string, status: 'triaged' | 'dismissed', changes: { title?: string; reason?: string }) {
    await db.transaction(async (tx) => {
      const topic = await lock(tx, actor, topicId)
      if (topic.status === status) return
      if (topic.status !== 'proposed') throw new AppError('conflict', 'topic-decided')
      await store.updateTopic(tx, topicId, { ...changes, status, decidedAt: now().toISOString(), decidedBy: actor.accountId })
      await audit.record(tx, actor, status === 'triaged' ? 'topic:accept' : 'topic:dismiss', topicId, changes)
    })
    return byId(topicId)
  }

  /** A stranger learns nothing of which ids exist. */
  async function lock(tx: Tx, actor: Actor, topicId: string) {
    signedIn(actor)
    const topic = found(await store.lockTopic(tx, topicId), 'no-such-topic')
    allow(actor, 'topic:decide', { regionCodes: [topic.regionCode] })
    return topic
  }

  return {
    async list(actor: Actor, { status }: { status?: Topic['status'] | undefined }): Promise<Topic[]> {
      signedIn(actor)
      return store.readTopics(db.reader, await store.listTopicIds(db.reader, scopesOf(actor), status))
    },

    async get(actor: Actor, { topicId }: { topicId: string }): Promise<Topic> {
      signedIn(actor)
      const topic = await byId(topicId)
      allow(actor, 'topic:decide', { regionCodes: [topic.regionCode] })
      return topic
    },

    accept: (actor: Actor, { topicId, title }: { topicId: string; title: string }) => decide(actor, topicId, 'triaged', { title }),
    dismiss: (actor: Actor, { topicId, reason }: { topicId: string; reason: string }) => decide(actor, topicId, 'dismissed', { reason }),

    /**
     * Takes something up that is known to be worth consulting on, from where it was found: it waits for a meeting.
     * @throws AppError `not-allowed` for whoever does not decide on the region's topics, `conflict` when the id is another topic's
     */
    async raise(tx: Tx, actor: Actor, { id, regionCode, title, suggestionIds }: Raised): Promise<Topic> {
      allow(actor, 'topic:decide', { regionCodes: [regionCode] })
      const at = now().toISOString()
      const row = { id, regionCode, title, category: '', heat: 0, proposedAt: at, decidedAt: at, decidedBy: signedIn(actor) }
      if (await store.insertTaken(tx, row)) {
        await store.linkSuggestions(tx, id, suggestionIds)
        await audit.record(tx, actor, 'topic:raise', id, { regionCode, title })
      }
      const topic = found((await store.readTopics(tx, [id]))[0], 'no-such-topic')
      if (topic.regionCode !== regionCode || topic.title !== title) throw new AppError('conflict', 'id-taken')
      return topic
    },

    async lexicon(_actor: Actor, { regionCode }: { regionCode: string }): Promise<Lexicon> {
      await regions.requireRegions(db.reader, [regionCode])
      return readLexicon(db.reader, regionCode)
    },

    /** @throws AppError `conflict` when somebody else changed it meanwhile. */
    async saveLexicon(actor: Actor, input: LexiconInput): Promise<Lexicon> {
      const { regionCode, categories } = input
      allow(actor, 'lexicon:edit', { regionCodes: [regionCode] })
      await regions.requireRegions(db.reader, [regionCode])
      if (new Set(categories.map(({ name }) => name)).size !== categories.length)
        throw new AppError('invalid-input', 'invalid-input', { categories: 'twice' })
      return db.transaction(async (tx) => {
        if (!(await putLexicon(tx, input))) throw new AppError('conflict', 'lexicon-changed-meanwhile')
        await audit.record(tx, actor, 'lexicon:save', regionCode, { ...input })
        return readLexicon(tx, regionCode)
      })
    },

    /** The lexicons of a meeting's regions as one. */
    async lexiconOf(meeting: Pick<Meeting, 'regions'>): Promise<LexiconCategory[]> {
      return joinLexicons((await Promise.all(meeting.regions.map(({ code }) => readLexicon(db.reader, code)))).map((one) => one.categories))
    },

    propose,

    /** Looks whether something has become hot in a meeting's regions. */
    async look(meetingId: string) {
      const meeting = await meetings.byId(db.reader, meetingId)
      for (const { code } of meeting.regions) await propose(code)
    },
  }
}

const longestTitle = 80

/** The category, and what most of its hottest suggestions are about. */
const titleOf = (category: string, themes: readonly string[]) =>
  (themes.length > 0 ? `${category}：${[...new Set(themes)].join('；')}` : category).slice(0, longestTitle)

/** The regions below which somebody may decide on topics. */
const scopesOf = (actor: Actor) =>
  actor.grants.flatMap(({ role, scope }) =>
    scope.kind === 'region' && rules['topic:decide'].roles.some((allowed) => allowed === role) ? [scope.regionCode] : [],
  )
