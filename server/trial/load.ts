import { hashPassword } from 'better-auth/crypto'
import { v7 } from 'uuid'
import { found } from '../../shared/errors.ts'
import type { Actor, Role } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import { insertAccount, insertGrant } from '../identity/store.ts'
import { createMeetingService, type MeetingService } from '../meetings/service.ts'
import { createRegionService } from '../regions/service.ts'
import { createSettingService } from '../regions/settings.ts'
import { upsertRegions } from '../regions/store.ts'
import { createStationService } from '../stations/service.ts'
import { createSuggestionService, type Guarding } from '../suggestions/service.ts'
import { type TrialUsername, trialAccounts, trialMeeting, trialVisitors } from './ids.ts'
import { liveMeeting, nextMeeting } from './meetings.ts'
import { organizations } from './organizations.ts'
import { people } from './people.ts'
import { addPressed, addVisitors, visitorActor } from './pressing.ts'
import { proposalSettings } from './proposal-settings.ts'
import { regions as divisions } from './regions.ts'
import { stations as venues } from './stations.ts'
import { suggestions as posts } from './suggestions.ts'
import { visitorsBetween } from './visitors.ts'

export type Trial = {
  password: string
  people: { username: string; name: string; role: Role; where: string }[]
  meeting: { id: string; code: string; title: string }
}

/** What the trial brings needs no looking at. */
const trusting: Guarding = {
  admit: async () => {},
  consider: () => [],
  requireLookUp: () => {},
  missed: () => {},
  addAuthorSource: () => {},
}

/** The meeting has been under way for so long; the first part of it people wrote, and in the rest they judged. */
const minutes = { gone: 46, writing: 14 }
const minuteMs = 60_000

type Deps = { db: Db; tx: Tx; audit: AuditService; administrator: Actor; password: string; now: () => Date }

/** Fills an empty database with a joint meeting of two districts that is under way, through the domains' own services. */
export async function loadTrial({ db, tx, audit, administrator, password, now }: Deps): Promise<Trial> {
  const silent = {
    publish: () => undefined,
    publishTo: () => undefined,
    touch: () => undefined,
    addSource: () => undefined,
    onCounted: () => undefined,
  }
  const end = now()
  // Everything happened when it is said to have happened.
  const clock = { at: end.getTime() - minutes.gone * minuteMs }
  const then = () => new Date(clock.at)
  const regions = createRegionService({ db, audit })
  const meetings = createMeetingService({ db, audit, regions, publish: silent.publish, now: then })
  const stations = createStationService({ db, audit, regions, meetings, now: then })
  const suggestions = createSuggestionService({
    db,
    audit,
    meetings,
    guard: trusting,
    photos: { lockFree: async () => new Map(), attach: async () => {} },
    letters: { stateOf: async () => 'impossible' },
    publisher: silent,
    counter: silent,
    now: then,
  })

  await upsertRegions(tx, divisions)
  await audit.record(tx, administrator, 'regions:import', 'trial', { count: divisions.length })
  for (const organization of organizations) await regions.createOrganization(administrator, organization)
  await addPeople(tx, audit, administrator, await hashPassword(password))
  for (const { by, ...station } of venues) await stations.create(actorOf(by), station)
  const settings = createSettingService({ db, audit, regions })
  for (const { by, ...setting } of proposalSettings) await settings.set(actorOf(by), setting)
  await addVisitors(
    tx,
    trialVisitors.map((visitorId) => ({ id: visitorId, joinedAt: then() })),
  )

  const { id, code, title, sites } = await startMeetings(meetings, then())
  for (const { id: suggestionId, agendaItemId, author, text, site, outcome, ...details } of posts) {
    clock.at += (minutes.writing * minuteMs) / posts.length
    await meetings.goTo(actorOf('moderator'), { meetingId: trialMeeting.id, agendaItemId })
    const { actor, nickname } =
      typeof author === 'string'
        ? { actor: actorOf(author) }
        : { actor: visitorActor(trialVisitors[author.visitor]), nickname: author.nickname }
    const via = sites.find((one) => site && one.id === trialMeeting.sites[site])?.code
    await suggestions.post(actor, { id: suggestionId, meetingId: trialMeeting.id, text, authorName: nickname, via, ...details })
    if (outcome && 'answer' in outcome) await suggestions.answer(actorOf('moderator'), { suggestionId, answer: outcome.answer })
    else if (outcome) await suggestions.publish(actorOf('moderator'), { suggestionId })
  }
  const visitors = visitorsBetween(then(), end)
  await addVisitors(tx, visitors)
  await addPressed(tx, audit, visitors)
  return {
    password,
    people: people.map(({ username, name, grant, where }) => ({ username, name, role: grant.role, where })),
    meeting: { id, code, title },
  }
}

/** As the identity service would one by one, but with the slow hash of their one password made once. */
async function addPeople(tx: Tx, audit: AuditService, administrator: Actor, passwordHash: string) {
  for (const { username, name, grant } of people) {
    const id = trialAccounts[username]
    await insertAccount(tx, { id, username, name, passwordHash })
    await audit.record(tx, administrator, 'account:create', id, { username })
    await insertGrant(tx, v7(), id, grant)
    await audit.record(tx, administrator, 'role:grant', id, grant)
  }
}

async function startMeetings(meetings: MeetingService, now: Date) {
  await meetings.create(actorOf('secretary-wujiang'), nextMeeting(now))
  await meetings.create(actorOf('secretary-nanxun'), liveMeeting(now))
  return meetings.open(actorOf('moderator'), { meetingId: trialMeeting.id })
}

function actorOf(username: TrialUsername): Actor {
  const { name, grant } = found(
    people.find((person) => person.username === username),
    'no-such-account',
  )
  return { accountId: trialAccounts[username], name, anonymous: false, sessionId: null, grants: [grant] }
}
