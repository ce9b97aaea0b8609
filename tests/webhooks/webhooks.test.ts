import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isInside, isSignedBy } from '../../server/webhooks/post.ts'
import type { Delivery, Webhook } from '../../shared/webhooks.ts'
import { draftOf, issue, makeDepartment, writeMinutes } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

type Received = { headers: Record<string, string | string[] | undefined>; body: string }

let app: TestApp
let admin: Person
let secretary: Person
let partner: Person
const received: Received[] = []
/** What the far end answers next; 200 once there is none. */
const answers: number[] = []
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(answers.shift() ?? 200, { Location: 'http://127.0.0.1:1/' }).end('x'.repeat(100_000))
  })
})
let url: string

beforeAll(async () => {
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  app = await startApp({ runJobs: true, env: { WEBHOOKS_TO_PRIVATE: 'true' } })
  await addRegions(app)
  admin = await app.person({ grants: [inRegion('admin', '')] })
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  partner = await app.person({ name: '吴江秘书', grants: [inRegion('secretary', districts.wujiang)] })
})
afterAll(async () => {
  await app?.close()
  receiver.close()
})

const ofRegion = (regionCode: string) => ({ id: v7(), scope: { kind: 'region' as const, regionCode }, url })
const deliveriesOf = (person: Person, { id }: Webhook) => person.get<Delivery[]>(`/api/webhooks/${id}/deliveries`)
const receivedOf = (event: string) => received.filter(({ headers }) => headers['x-yishi-event'] === event)

test('a region’s system hears of every move in it, signed over moment and body, without anybody’s words', async () => {
  const { webhook, secret } = value(await secretary.post('webhook:create', ofRegion(districts.nanxun)))
  value(await partner.post('webhook:create', ofRegion(districts.wujiang)))
  const { organization } = await makeDepartment(app, admin, districts.nanxun, '交通局')
  const meeting = await makeMeeting(secretary)
  const blockIds = await writeMinutes(app, secretary, meeting, ['同意增开渡船。'])
  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds)))
  const assignment = await issue(secretary, recommendation, organization)
  await eventually(() => expect(receivedOf('assignment.issue')).toHaveLength(1))
  const [{ headers, body }] = receivedOf('assignment.issue') as [Received]
  expect(JSON.parse(body)).toMatchObject({
    event: 'assignment.issue',
    recommendation: { id: recommendation.id, number: recommendation.number },
    assignment: { id: assignment.id, organization: { name: '交通局' }, status: 'issued' },
  })
  expect(body).not.toContain(recommendation.body)
  const signature = String(headers['x-yishi-signature'])
  expect(isSignedBy(secret, signature, body)).toBe(true)
  expect(isSignedBy(secret, signature, `${body} `)).toBe(false)
  expect(isSignedBy('another', signature, body)).toBe(false)
  expect(isSignedBy(secret, signature.replace(/t=\d+/, 't=1'), body)).toBe(false)
  await eventually(async () => expect(await deliveriesOf(secretary, webhook)).toMatchObject([{ attempts: 1, outcome: 'HTTP 200' }]))
  value(await secretary.post('webhook:remove', { webhookId: webhook.id }))
  expect(await secretary.get(`/api/webhooks?regionCode=${districts.nanxun}`)).toEqual([])
})

test('what is not taken stays on record with why, redirects are not followed, and a try is one delivery', async () => {
  const { webhook } = value(await secretary.post('webhook:create', ofRegion(districts.nanxun)))
  answers.push(302)
  const ping = { id: v7(), webhookId: webhook.id }
  value(await secretary.post('webhook:try', ping))
  value(await secretary.post('webhook:try', ping))
  await eventually(async () =>
    expect(await deliveriesOf(secretary, webhook)).toMatchObject([
      { id: ping.id, event: 'ping', attempts: 1, deliveredAt: null, outcome: 'HTTP 302' },
    ]),
  )
})

test('making one twice gives the same, and only a secretariat of the region sees, tries and removes it', async () => {
  const wish = ofRegion(districts.nanxun)
  const first = value(await secretary.post('webhook:create', wish))
  expect(value(await secretary.post('webhook:create', wish))).toEqual(first)
  expect(failure(await admin.post('webhook:create', wish)).reason).toBe('id-taken')
  const webhookId = first.webhook.id
  for (const [person, reason] of [
    [partner, 'not-allowed'],
    [await app.person({ grants: [inRegion('member', districts.nanxun)] }), 'not-allowed'],
    [await app.visitor(), 'not-allowed'],
    [app.stranger(), 'not-signed-in'],
  ] as const) {
    expect(failure(await person.post('webhook:create', ofRegion(districts.nanxun))).reason).toBe(reason)
    expect(failure(await person.post('webhook:remove', { webhookId })).reason).toBe(reason)
    expect(failure(await person.post('webhook:try', { id: v7(), webhookId })).reason).toBe(reason)
    await expect(person.get(`/api/webhooks?regionCode=${districts.nanxun}`)).rejects.toMatchObject({ error: { reason } })
    await expect(deliveriesOf(person, first.webhook)).rejects.toMatchObject({ error: { reason } })
  }
  expect(failure(await secretary.post('webhook:create', { ...wish, id: v7(), url: 'ftp://example.cn' })).code).toBe('invalid-input')
  expect(failure(await secretary.post('webhook:remove', { webhookId: v7() })).reason).toBe('no-such-webhook')
})

test('where private addresses are not let, nothing is sent to one, by number or by name, and it is not tried again', async () => {
  const strict = await startApp()
  await addRegions(strict)
  const person = await strict.person({ grants: [inRegion('secretary', districts.nanxun)] })
  const before = received.length
  for (const target of [url, url.replace('127.0.0.1', 'localhost'), url.replace('127.0.0.1', '[::ffff:127.0.0.1]')]) {
    const { webhook } = value(await person.post('webhook:create', { ...ofRegion(districts.nanxun), url: target }))
    const { id } = value(await person.post('webhook:try', { id: v7(), webhookId: webhook.id }))
    await strict.services.webhooks.deliver(id)
    expect((await deliveriesOf(person, webhook))[0]).toMatchObject({ deliveredAt: null, outcome: 'private-address' })
  }
  expect(received.length).toBe(before)
  await strict.close()
})

test.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['::1', true],
  ['::ffff:10.0.0.1', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['8.8.8.8', false],
  ['172.32.0.1', false],
  ['2400:3200::1', false],
])('%s is inside: %s', (address, expected) => {
  expect(isInside(address)).toBe(expected)
})
