import { stripVTControlCharacters } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { verifyChain } from '../../server/audit/service.ts'
import { displayWidth } from '../../server/cli/display-width.ts'
import { findCoordinated } from '../../server/guard/coordinated.ts'
import { findStraightLines } from '../../server/guard/straight-line.ts'
import { findTooFast } from '../../server/guard/too-fast.ts'
import { prepareFirstRun } from '../../server/trial/first-run.ts'
import { greeting } from '../../server/trial/greeting.ts'
import { trialAccounts, trialMeeting, trialNextMeeting, trialOrganizations, trialSuggestions } from '../../server/trial/ids.ts'
import { regions } from '../../server/trial/regions.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { MeetingOpinion } from '../../shared/opinion.ts'
import { roles } from '../../shared/policy.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import type { Voice } from '../../shared/voice.ts'
import { rebuild } from '../suggestions/rebuild.ts'
import { createDatabase, startApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'

const now = () => new Date()
const settings = { trial: true, trialPassword: 'a trial password', adminPassword: 'an admin password' }

describe('an empty database with the trial', async () => {
  const app = await startApp()
  afterAll(() => app.close())
  const firstRun = await prepareFirstRun({ db: app.db, config: settings, now })
  const trial = firstRun!.trial!
  const read = <T>(path: string) => app.stranger().get<T>(path)

  async function signIn(username: string, password: string) {
    const body = JSON.stringify({ username, password })
    const response = await fetch(`${app.url}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: app.url },
      body,
    })
    return {
      status: response.status,
      cookie: response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    }
  }

  test('has a joint meeting of two provinces that is live, with four sites and what people put in so far', async () => {
    const { meeting } = await read<{ meeting: Meeting }>(`/api/ways/${trial.meeting.code}`)
    expect(meeting).toMatchObject({ id: trialMeeting.id, status: 'live', siteCount: 4, currentAgendaItemId: trialMeeting.agenda.ferry })
    expect(meeting.regions.map((region) => region.path[0])).toEqual(['浙江省', '江苏省'])
    const published = await read<Suggestion[]>(`/api/meetings/${trialMeeting.id}/suggestions`)
    expect(published.filter(({ status }) => status === 'answered')).toHaveLength(1)
    expect(published.filter(({ status }) => status === 'published')).toHaveLength(17)
    expect(await read(`/api/meetings/${trialNextMeeting.id}`)).toMatchObject({ status: 'scheduled' })
  })

  test.each([...Object.keys(trialAccounts)])('%s signs in with the password of the trial', async (username) => {
    expect(await signIn(username, settings.trialPassword)).toMatchObject({ status: 200 })
  })

  test('the administrator signs in with a password of their own, and not with the one of the trial', async () => {
    expect(await signIn('admin', settings.adminPassword)).toMatchObject({ status: 200 })
    expect(await signIn('admin', settings.trialPassword)).toMatchObject({ status: 401 })
  })

  test('every role can be tried', () => {
    expect(new Set(['admin', ...trial.people.map((person) => person.role)])).toEqual(new Set(roles))
  })

  test('a moderator of the trial publishes what waits, and an observer may not', async () => {
    const publish = async (username: string) => {
      const { cookie } = await signIn(username, settings.trialPassword)
      const body = JSON.stringify({ suggestionId: trialSuggestions.rubbish })
      return (
        await fetch(`${app.url}/api/commands/suggestion:publish`, {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/json' },
          body,
        })
      ).json()
    }
    expect(await publish('observer')).toMatchObject({ ok: false, error: { code: 'not-allowed' } })
    expect(await publish('moderator')).toMatchObject({ ok: true, value: { status: 'published' } })
  })

  test('both districts have departments, to which their own handlers belong', async () => {
    const { cookie } = await signIn('handler-wujiang', settings.trialPassword)
    const me = (await (await fetch(`${app.url}/api/me`, { headers: { cookie } })).json()) as { account: { grants: unknown[] } }
    expect(me.account.grants).toMatchObject([{ role: 'handler', scope: { organizationId: trialOrganizations.wujiangTransport } }])
    for (const regionCode of ['330503', '320509']) {
      const organizations = await read<{ kind: string }[]>(`/api/organizations?regionCode=${regionCode}`)
      expect(organizations.filter((organization) => organization.kind === 'department')).toHaveLength(3)
    }
  })

  test('every write of it is in the audit trail, which holds', async () => {
    const actions = async (action: string) => (await app.db.pool.query('select from audit_entries where action = $1', [action])).rowCount
    expect(await actions('account:create')).toBe(1 + Object.keys(trialAccounts).length)
    expect(await actions('suggestion:post')).toBe(Object.keys(trialSuggestions).length)
    expect(await actions('meeting:create')).toBe(2)
    await app.services.audit.sealAll()
    expect(await verifyChain(app.db)).toMatchObject({ unsealed: 0, brokenAt: null })
  })

  test('people have judged and supported, each of which is in the trail too, and nobody looks false', async () => {
    const votes = await app.services.stances.votesOf(trialMeeting.id)
    const { supporters, votes: rebuilt } = await rebuild(app, trialMeeting.id)
    expect(rebuilt).toEqual(Object.fromEntries(votes.map((vote) => [`${vote.accountId} ${vote.suggestionId}`, vote.stance])))
    const wanting = await app.db.pool.query('select from supports where supported')
    expect(Object.values(supporters).flat()).toHaveLength(Object.keys(trialSuggestions).length + (wanting.rowCount ?? 0))
    expect(new Set(votes.map(({ accountId }) => accountId)).size).toBe(33)
    const { cookie } = await signIn('moderator', settings.trialPassword)
    expect([...findStraightLines(votes), ...findTooFast(votes, () => 40), ...(await findCoordinated(votes))]).toEqual([])
    await eventually(async () => {
      const latest = (await (
        await fetch(`${app.url}/api/meetings/${trialMeeting.id}/opinion`, { headers: { cookie } })
      ).json()) as MeetingOpinion
      expect(latest.groups.map(({ size }) => size).sort()).toEqual([14, 19])
    })
  })

  test('what people say has themes as soon as somebody looks, though nothing has changed since the start', async () => {
    const { cookie } = await signIn('moderator', settings.trialPassword)
    await eventually(async () => {
      const answer = await fetch(`${app.url}/api/meetings/${trialMeeting.id}/voice`, { headers: { cookie } })
      return ((await answer.json()) as Voice).themes.length > 2
    })
  })

  test('is loaded once: the next start changes nothing and knows no password', async () => {
    const count = async () =>
      (await app.db.pool.query('select (select count(*) from accounts) as accounts, (select count(*) from audit_entries) as entries'))
        .rows[0]
    const before = await count()
    expect(await prepareFirstRun({ db: app.db, config: settings, now })).toBeNull()
    expect(await count()).toEqual(before)
  })
})

test('a database with an account gets neither trial nor administrator', async () => {
  const app = await startApp()
  await app.person()
  expect(await prepareFirstRun({ db: app.db, config: settings, now })).toBeNull()
  expect(await app.stranger().get('/api/meetings')).toEqual([])
  await app.close()
})

test('without the trial only the administrator is made, with a random password of their own', async () => {
  const [one, other] = await Promise.all([createDatabase(), createDatabase()])
  const config = { trial: false, trialPassword: undefined, adminPassword: undefined }
  const [first, second] = await Promise.all([one, other].map(({ db }) => prepareFirstRun({ db, config, now })))
  expect(first).toMatchObject({ administrator: { username: 'admin' }, trial: null })
  expect(first!.administrator.password).toMatch(/^([a-z]{4}-){4}\d\d$/)
  expect(first!.administrator.password).not.toBe(second!.administrator.password)
  expect((await one.db.pool.query('select role, scope_kind, scope_id from role_grants')).rows).toEqual([
    { role: 'admin', scope_kind: 'region', scope_id: '' },
  ])
  expect((await one.db.pool.query('select from meetings')).rowCount).toBe(0)
  await Promise.all([one.close(), other.close()])
})

test('of two nodes that start at once on an empty database one fills it, and one that dies meanwhile leaves it empty', async () => {
  const { db, close } = await createDatabase()
  // Some thirty entries into the trial the clock fails.
  let asked = 0
  const failing = () => (++asked > 30 ? new Date(Number.NaN) : new Date())
  await expect(prepareFirstRun({ db, config: settings, now: failing })).rejects.toThrow()
  expect((await db.pool.query('select from accounts')).rowCount).toBe(0)
  const both = await Promise.all([prepareFirstRun({ db, config: settings, now }), prepareFirstRun({ db, config: settings, now })])
  expect(both.filter((firstRun) => firstRun !== null)).toHaveLength(1)
  await close()
})

test('the divisions of the trial stand under those that their codes begin with', () => {
  const codes = new Set(regions.map((region) => region.code))
  expect(regions.filter((region) => region.parentCode !== null && !codes.has(region.parentCode))).toEqual([])
})

describe('the greeting', async () => {
  const { db, close } = await createDatabase()
  const firstRun = (await prepareFirstRun({ db, config: settings, now }))!
  await close()
  const addresses = ['http://localhost:3000', 'http://192.168.10.25:3000']

  test('lists every account with its role in both languages, and the passwords', () => {
    const text = greeting(firstRun, addresses, false)
    for (const { username, name, role } of firstRun.trial!.people)
      expect(text).toMatch(new RegExp(`${username} +${name} +\\p{Script=Han}+ ${role} `, 'u'))
    for (const role of roles) expect(text).toContain(role)
    expect(text).toContain(settings.trialPassword)
    expect(text).toContain(settings.adminPassword)
  })

  test('gives the address of this machine first, and phones one that they can reach', () => {
    const text = greeting(firstRun, addresses, false)
    expect(text.indexOf(addresses[0]!)).toBeLessThan(text.indexOf(addresses[1]!))
    expect(text).toContain(`http://192.168.10.25:3000/s/${firstRun.trial!.meeting.code}`)
  })

  test('keeps to 80 columns, and draws its code only where there are colours', () => {
    const lines = stripVTControlCharacters(greeting(firstRun, addresses, true)).split('\n')
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80)
    expect(lines.some((line) => line.includes('█'))).toBe(true)
    expect(greeting(firstRun, addresses, false)).not.toMatch(/[█▀▄]/)
  })

  test('still tells the passwords when the program could not begin to serve', () => {
    const text = greeting(firstRun, [], false)
    expect(text).toContain(settings.adminPassword)
    expect(text).toContain(settings.trialPassword)
    expect(text).not.toMatch(/Open|\/s\//)
  })

  test('tells no password and no account on later starts', () => {
    expect(greeting(null, addresses, true)).toContain(addresses[1])
    expect(greeting(null, addresses, true)).not.toMatch(/admin|Password|secretary/)
  })
})
