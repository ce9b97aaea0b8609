import { hashPassword } from 'better-auth/crypto'
import { v7 } from 'uuid'
import { found } from '../../shared/errors.ts'
import type { Actor, Role } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import { accounts } from '../identity/schema.ts'
import { insertAccount, insertGrant } from '../identity/store.ts'
import { createMeetingService, type MeetingService } from '../meetings/service.ts'
import { createRegionService } from '../regions/service.ts'
import { upsertRegions } from '../regions/store.ts'
import { createStationService } from '../stations/service.ts'
import { createSuggestionService, type Guarding } from '../suggestions/service.ts'
import { type TrialUsername, trialAccounts, trialMeeting, trialVisitors } from './ids.ts'
import { liveMeeting, nextMeeting } from './meetings.ts'
import { organizations } from './organizations.ts'
import { people } from './people.ts'
import { regions as divisions } from './regions.ts'
import { stations as venues } from './stations.ts'
import { suggestions as posts } from './suggestions.ts'

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

type Deps = { db: Db; tx: Tx; audit: AuditService; administrator: Actor; password: string; now: () => Date }

/** Fills an empty database with a joint meeting of two districts that is under way, through the domains' own services. */
export async function loadTrial({ db, tx, audit, administrator, password, now }: Deps): Promise<Trial> {
  const silent = { publish: () => undefined, publishTo: () => undefined, touch: () => undefined }
  const regions = createRegionService({ db, audit })
  const meetings = createMeetingService({ db, audit, regions, publish: silent.publish, now })
  const stations = createStationService({ db, audit, regions, meetings, now })
  const suggestions = createSuggestionService({
    db,
    audit,
    meetings,
    guard: trusting,
    photos: { lockFree: async () => new Map(), attach: async () => {} },
    publisher: silent,
    counter: silent,
    now,
  })

  await upsertRegions(tx, divisions)
  await audit.record(tx, administrator, 'regions:import', 'trial', { count: divisions.length })
  for (const organization of organizations) await regions.createOrganization(administrator, organization)
  await addPeople(tx, audit, administrator, await hashPassword(password))
  for (const { by, ...station } of venues) await stations.create(actorOf(by), station)
  await tx.insert(accounts).values(trialVisitors.map((id) => ({ id, name: '', email: `${id}@visitors.invalid`, isAnonymous: true })))

  const { id, code, title } = await startMeetings(meetings, now())
  for (const { id: suggestionId, agendaItemId, author, text, outcome } of posts) {
    await meetings.goTo(actorOf('moderator'), { meetingId: trialMeeting.id, agendaItemId })
    const { actor, nickname } =
      typeof author === 'string' ? { actor: actorOf(author) } : { actor: visitorOf(author.visitor), nickname: author.nickname }
    await suggestions.post(actor, { id: suggestionId, meetingId: trialMeeting.id, text, authorName: nickname })
    if (outcome && 'answer' in outcome) await suggestions.answer(actorOf('moderator'), { suggestionId, answer: outcome.answer })
    else if (outcome) await suggestions.publish(actorOf('moderator'), { suggestionId })
  }
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

const visitorOf = (number: 0 | 1 | 2): Actor => ({
  accountId: trialVisitors[number],
  name: '',
  anonymous: true,
  sessionId: null,
  grants: [],
})
