import { isDone } from '../../shared/assignment-machine.ts'
import { cursorOf } from '../../shared/cursor.ts'
import { found } from '../../shared/errors.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { publishedPath } from '../../shared/minutes-published.ts'
import type { Outcome, OutcomeFilter, OutcomeState, PublicJudgement } from '../../shared/outcomes.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { isPublic, type Suggestion } from '../../shared/suggestions.ts'
import type { Db } from '../db/db.ts'
import { readJudgements } from '../evaluations/published.ts'
import { readPublicities } from '../recommendations/publicity.ts'
import { readRecommendations } from '../recommendations/store.ts'
import { readPaths } from '../regions/store.ts'
import * as store from './store.ts'

export type OutcomeService = ReturnType<typeof createOutcomeService>

type Deps = {
  db: Db
  meetingOf(meetingId: string): Promise<Meeting>
  /** As the public reads them. */
  suggestionsOf(ids: string[]): Promise<Suggestion[]>
  /** Whether everybody may read the signed minutes of a meeting. */
  minutesArePublic(meetingId: string): Promise<boolean>
}

const mostRegions = 300

/** What came of consultations, for everybody: nothing that is not public passes here. */
export function createOutcomeService({ db, meetingOf, suggestionsOf, minutesArePublic }: Deps) {
  async function read(ids: string[]): Promise<Outcome[]> {
    const recommendations = await readRecommendations(db.reader, ids)
    const publicityOf = await readPublicities(db.reader, ids)
    const texts = await publicTexts(recommendations)
    const sources = await sourcesOf(recommendations)
    const judgementsOf = await readJudgements(
      db.reader,
      recommendations.flatMap(({ assignments }) => assignments.map((assignment) => assignment.id)),
    )
    return recommendations.map((recommendation) => {
      const { meeting, readable } = sources.get(recommendation.meetingId)!
      const replyWithheld = publicityOf(recommendation.id) !== 'public'
      return outcomeOf({ recommendation, meeting, readable, texts, judgementsOf, replyWithheld })
    })
  }

  /** The meetings that these come from, each read once. */
  async function sourcesOf(recommendations: Recommendation[]) {
    const ids = [...new Set(recommendations.map(({ meetingId }) => meetingId))]
    const sources = ids.map(async (id) => [id, { meeting: await meetingOf(id), readable: await minutesArePublic(id) }] as const)
    return new Map(await Promise.all(sources))
  }

  async function publicTexts(recommendations: Recommendation[]): Promise<Map<string, string>> {
    const ids = [...new Set(recommendations.flatMap(({ suggestions }) => suggestions.map(({ id }) => id)))]
    return new Map((await suggestionsOf(ids)).filter(isPublic).map(({ id, text }) => [id, text]))
  }

  return {
    async list(actor: Actor, { limit, ...filter }: OutcomeFilter & { limit: number }) {
      allow(actor, 'outcome:read')
      const found = await store.listPublicIds(db.reader, filter, limit + 1)
      const page = found.slice(0, limit)
      const last = page.at(-1)
      const next = found.length > limit && last ? cursorOf(last.createdAt, last.id) : null
      return { outcomes: await read(page.map(({ id }) => id)), next }
    },

    /** @throws AppError `not-found` also for what is not public: nobody learns that it exists. */
    async get(actor: Actor, { recommendationId }: { recommendationId: string }): Promise<Outcome> {
      allow(actor, 'outcome:read')
      const ids = (await store.isPublicId(db.reader, recommendationId)) ? [recommendationId] : []
      return found((await read(ids))[0], 'no-such-outcome')
    },

    /** Regions to choose from, with their paths. */
    async regions(): Promise<{ code: string; path: string[] }[]> {
      const codes = await store.listRegionCodes(db.reader, mostRegions)
      const paths = await readPaths(db.reader, codes)
      return codes.map((code) => ({ code, path: paths.get(code) ?? [] }))
    },
  }
}

type Facts = {
  recommendation: Recommendation
  meeting: Meeting
  readable: boolean
  texts: ReadonlyMap<string, string>
  judgementsOf(assignmentId: string): PublicJudgement[]
  replyWithheld: boolean
}

function outcomeOf({ recommendation, meeting, readable, texts, judgementsOf, replyWithheld }: Facts): Outcome {
  const { id, number, title, body, passages, suggestions } = recommendation
  const departments = recommendation.assignments
    // Who answers: neither those who do not, nor those who have a part in the answer of another.
    .filter(({ status, part }) => status !== 'returned' && part === 'lead')
    .map((assignment) => ({
      ...departmentOf(assignment, texts, replyWithheld),
      judgements: replyWithheld ? [] : judgementsOf(assignment.id),
    }))
  const times = departments.flatMap(({ issuedAt, signedAt, repliedAt }) => [issuedAt, signedAt, repliedAt]).filter((at) => at !== null)
  return {
    ...{ id, number, title, body, replyWithheld, departments },
    meeting: { title: meeting.title, code: meeting.code, regions: meeting.regions.map(({ path }) => path) },
    minutesPath: readable ? publishedPath(meeting.code) : null,
    passages: readable ? passages.map(({ text }) => text) : [],
    suggestions: suggestions.flatMap((suggestion) => texts.get(suggestion.id) ?? []),
    state: slowest(departments.map(({ state }) => state)),
    issuedAt: times.toSorted()[0]!,
    updatedAt: times.toSorted().at(-1)!,
  }
}

type Department = Outcome['departments'][number]

function departmentOf(assignment: Assignment, texts: ReadonlyMap<string, string>, replyWithheld: boolean): Omit<Department, 'judgements'> {
  const { organizationName, regionPath, status, issuedAt, signedAt, replyDueAt, earlierReplies } = assignment
  // In a second round the first answer stands until there is another: what was read does not vanish.
  const reply = assignment.reply ?? earlierReplies.findLast(({ sentBack }) => sentBack === null) ?? null
  const shown = replyWithheld ? null : reply
  return {
    ...{ organization: organizationName, regionPath, issuedAt, signedAt, replyDueAt },
    state: stateOf(status),
    repliedAt: reply?.repliedAt ?? null,
    reply: shown && {
      text: shown.text,
      repliedAt: shown.repliedAt,
      items: shown.items.map(({ suggestionId, outcome, grade, text }) => ({
        suggestion: texts.get(suggestionId) ?? null,
        ...{ outcome, grade, text },
      })),
    },
  }
}

const stateOf = (status: Assignment['status']): OutcomeState => (status === 'issued' ? 'issued' : isDone(status) ? 'replied' : 'handling')

const slowest = (states: readonly OutcomeState[]): OutcomeState =>
  (['issued', 'handling'] as const).find((state) => states.includes(state)) ?? 'replied'
