import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, accountSchema, type Me, type Session, sessionSchema } from '../../shared/identity.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { comeBack, connected, disconnected } from './sockets.ts'

let app: TestApp
let admin: Person
let others: Person[]

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  admin = await app.person({ name: '管理员', grants: [inRegion('admin', '')] })
  // Administrators of less than the whole country manage no accounts either, since accounts are in no region.
  const local = await app.person({ grants: [inRegion('admin', districts.nanxun)] })
  const secretary = await app.person({ grants: [inRegion('secretary', '')] })
  others = [local, secretary, await app.person(), await app.visitor()]
})
afterAll(() => app.close())

const wish = () => ({ id: v7(), username: `u${v7().slice(-12)}`, name: '王五', password: 'a long password' })
const accounts = (text: string) => admin.get<Account[]>(`/api/accounts?text=${encodeURIComponent(text)}`)
const trail = async (subjectId: string) =>
  (await admin.get<{ action: string; subjectId: string }[]>('/api/audit?limit=500'))
    .filter((entry) => entry.subjectId === subjectId)
    .map((entry) => entry.action)

test('an administrator makes an account, which can sign in and is found by its name', async () => {
  const account = wish()
  const made = value(await admin.ask('account:create', account))
  expect(accountSchema.parse(made)).toEqual({ id: account.id, username: account.username, name: '王五', anonymous: false, grants: [] })
  expect(await accounts(account.username)).toEqual([made])
  expect(await accounts('王五')).toContainEqual(made)
  expect(await accounts('%')).toEqual([])
})

test('making the same account again, as after a lost answer, adds nothing; a taken name or id is refused', async () => {
  const account = wish()
  const [first, second] = await Promise.all([admin.post('account:create', account), admin.post('account:create', account)])
  expect(value(second)).toEqual(value(first))
  expect(await trail(account.id)).toEqual(['account:create'])
  expect(failure(await admin.ask('account:create', { ...account, id: v7() }))).toEqual({ code: 'conflict', reason: 'username-taken' })
  expect(failure(await admin.ask('account:create', { ...wish(), id: account.id }))).toMatchObject({ code: 'conflict' })
})

test.each([
  { username: 'Ab' },
  { username: 'UPPER' },
  { username: '张三丰' },
  { username: 'with space' },
  { password: 'short' },
  { password: 'x'.repeat(129) },
  { name: ' ' },
  { name: 'x'.repeat(41) },
  { id: 'x' },
])('an account with %j is refused by that field', async (bad) => {
  expect(failure(await admin.ask('account:create', { ...wish(), ...bad }))).toMatchObject({
    code: 'invalid-input',
    fields: { [Object.keys(bad)[0]!]: expect.any(String) },
  })
})

test('nobody but an administrator of the whole country makes, lists or empowers accounts', async () => {
  const { accountId } = await app.person()
  const grant = { id: v7(), accountId: accountId!, ...inRegion('admin', '') }
  for (const person of others) {
    expect(failure(await person.ask('account:create', wish()))).toEqual({ code: 'not-allowed', reason: 'not-allowed' })
    expect(failure(await person.ask('role:grant', grant))).toMatchObject({ code: 'not-allowed' })
    expect(failure(await person.ask('role:revoke', { accountId: admin.accountId!, grantId: v7() }))).toMatchObject({ code: 'not-allowed' })
    expect(failure(await person.ask('account:revoke-sessions', { accountId: admin.accountId! }))).toMatchObject({ code: 'not-allowed' })
    await expect(person.get('/api/accounts')).rejects.toMatchObject({ status: 403 })
  }
  const stranger = app.stranger()
  expect(failure(await stranger.ask('account:create', wish()))).toMatchObject({ code: 'not-signed-in' })
  expect(failure(await stranger.ask('role:grant', grant))).toMatchObject({ code: 'not-signed-in' })
  await expect(stranger.get('/api/accounts')).rejects.toMatchObject({ status: 401 })
  expect((await accounts('')).find((account) => account.id === accountId)?.grants).toEqual([])
})

test('a role that is given and taken away holds at once on open connections, which are closed and come back with the rights of now', async () => {
  const secretary = await app.person({ grants: [inRegion('secretary', districts.nanxun)] })
  const meeting = await makeMeeting(secretary, { live: false })
  const person = await app.person()
  await connected(person)
  expect(failure(await person.ask('meeting:open', { meetingId: meeting.id }))).toMatchObject({ code: 'not-allowed' })

  const closedByGrant = disconnected(person)
  const granted = value(await admin.ask('role:grant', { id: v7(), accountId: person.accountId!, ...inMeeting('moderator', meeting.id) }))
  expect(granted.grants).toMatchObject([inMeeting('moderator', meeting.id)])
  expect(await closedByGrant).toBe('io server disconnect')
  await comeBack(person)
  value(await person.ask('meeting:open', { meetingId: meeting.id }))

  const closedByRevoke = disconnected(person)
  const revoked = value(await admin.ask('role:revoke', { accountId: person.accountId!, grantId: granted.grants[0]!.id }))
  expect(revoked.grants).toEqual([])
  await closedByRevoke
  await comeBack(person)
  expect(failure(await person.ask('meeting:end', { meetingId: meeting.id }))).toMatchObject({ code: 'not-allowed' })
})

test('the same role twice is one grant and one entry in the trail; taking away what is gone changes nothing', async () => {
  const { accountId } = await app.person()
  const grant = { id: v7(), accountId: accountId!, ...inRegion('member', districts.nanxun) }
  value(await admin.ask('role:grant', grant))
  value(await admin.ask('role:grant', grant))
  const { grants } = value(await admin.ask('role:grant', { ...grant, id: v7() }))
  expect(grants).toHaveLength(1)
  expect(await trail(accountId!)).toEqual(['role:grant'])
  for (let n = 0; n < 2; n++) expect(value(await admin.ask('role:revoke', { accountId: accountId!, grantId: grant.id })).grants).toEqual([])
  expect(await trail(accountId!)).toEqual(['role:revoke', 'role:grant'])
})

test('roles go only to accounts that exist, and a grant is taken only from the account that has it', async () => {
  expect(failure(await admin.ask('role:grant', { id: v7(), accountId: v7(), ...inRegion('member', '') }))).toEqual({
    code: 'not-found',
    reason: 'no-such-account',
  })
  const [one, other] = [await app.person({ grants: [inRegion('member', '33')] }), await app.person()]
  const grantId = (await one.get<Me>('/api/me')).account!.grants[0]!.id
  expect(value(await admin.ask('role:revoke', { accountId: other.accountId!, grantId })).grants).toEqual([])
  expect((await one.get<Me>('/api/me')).account!.grants).toHaveLength(1)
})

test('an administrator cannot take the administration from themselves', async () => {
  const grantId = (await admin.get<Me>('/api/me')).account!.grants[0]!.id
  expect(failure(await admin.ask('role:revoke', { accountId: admin.accountId!, grantId }))).toEqual({
    code: 'conflict',
    reason: 'own-administration',
  })
})

const sessionsOf = (person: Person) => person.get<Session[]>('/api/me/sessions')

test('everybody sees their own sessions and can end one of them, whose connection is closed at once', async () => {
  const person = await app.person()
  const [session] = await sessionsOf(person)
  expect(sessionSchema.parse(session)).toMatchObject({ current: true, ipAddress: '127.0.0.1' })
  await connected(person)
  const closed = disconnected(person)
  expect(value(await person.post('session:revoke', { sessionId: session!.id }))).toEqual({ revoked: 1 })
  expect(await closed).toBe('io server disconnect')
  await expect(sessionsOf(person)).rejects.toMatchObject({ status: 401 })
  await expect(app.stranger().get('/api/me/sessions')).rejects.toMatchObject({ status: 401 })
})

test('an administrator ends another’s session or all of them; nobody else does, or learns that it exists', async () => {
  const person = await app.person()
  const [session] = await sessionsOf(person)
  for (const other of [...others, app.stranger()]) {
    expect(failure(await other.ask('session:revoke', { sessionId: session!.id }))).toEqual({ code: 'not-found', reason: 'no-such-session' })
  }
  expect(failure(await admin.ask('session:revoke', { sessionId: v7() }))).toEqual({ code: 'not-found', reason: 'no-such-session' })
  expect(await sessionsOf(person)).toHaveLength(1)

  await connected(person)
  const closed = disconnected(person)
  expect(value(await admin.ask('session:revoke', { sessionId: session!.id }))).toEqual({ revoked: 1 })
  await closed

  const second = await app.person()
  await connected(second)
  const closedToo = disconnected(second)
  expect(value(await admin.ask('account:revoke-sessions', { accountId: second.accountId! }))).toEqual({ revoked: 1 })
  await closedToo
  expect((await second.get<Me>('/api/me')).account).toBeNull()
})
