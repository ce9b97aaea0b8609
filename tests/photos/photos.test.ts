import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { photoPath } from '../../shared/photo-rules.ts'
import { photoSchema } from '../../shared/photos.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { bomb, page, phonePicture, plainPicture, svg } from './hostile.ts'

let app: TestApp
let dataDir: string
let secretary: Person
let moderator: Person
let meeting: Meeting
let later = 0

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-photos-'))
  app = await startApp({ env: { DATA_DIR: dataDir }, now: () => new Date(Date.now() + later) })
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
  moderator = await app.person({ name: '主持', grants: [inRegion('moderator', districts.wujiang)] })
  meeting = await makeMeeting(secretary)
})
afterAll(async () => {
  await app.close()
  await rm(dataDir, { recursive: true, force: true })
})

const upload = (person: Person, bytes: Uint8Array, id = v7(), headers: Record<string, string> = { 'content-type': 'image/jpeg' }) =>
  person.fetch(photoPath(id), { method: 'PUT', body: new Uint8Array(bytes), headers })

async function uploaded(person: Person, id = v7()): Promise<string> {
  const response = await upload(person, await plainPicture(), id)
  expect([response.status, await response.clone().text()]).toEqual([200, expect.any(String)])
  return id
}

const refusalOf = async (response: Response) => ({ status: response.status, ...failure((await response.json()) as never) })

const post = async (person: Person, photoIds: string[]) =>
  person.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '渡口栏杆断了', photoIds })

test('a photo is kept upright, smaller and without the place where it was taken, and a small one beside it', async () => {
  const citizen = await app.visitor()
  const id = v7()
  const answer = await upload(citizen, await phonePicture(), id)
  expect(photoSchema.parse(await answer.json())).toMatchObject({ id, width: 800, height: 1_600 })
  for (const [small, height] of [
    [false, 1_600],
    [true, 320],
  ] as const) {
    const response = await citizen.fetch(photoPath(id, { small }))
    const bytes = Buffer.from(await response.arrayBuffer())
    const about = await sharp(bytes).metadata()
    expect(about).toMatchObject({ format: 'jpeg', height, width: height / 2 })
    expect([about.exif, about.orientation, about.xmp]).toEqual([undefined, undefined, undefined])
    expect(bytes.includes('SecretPhone')).toBe(false)
    // The red corner was at the top left of the sensor, which is the top right of the upright picture.
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
    expect(data[(height / 2 - 3) * 3]).toBeGreaterThan(150)
    expect(data[0]).toBeLessThan(100)
  }
})

test('it is served as a picture and nothing else, and asked for again costs nothing', async () => {
  const citizen = await app.visitor()
  const id = await uploaded(citizen)
  const response = await citizen.fetch(photoPath(id))
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=60',
  })
  const known = { 'if-none-match': response.headers.get('etag')!, 'cache-control': 'max-age=0' }
  const again = await citizen.fetch(photoPath(id), { headers: known })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

test('the same id again is the first photo, whatever is sent, and another person is refused it', async () => {
  const citizen = await app.visitor()
  const id = v7()
  const bytes = await phonePicture()
  expect([bytes.includes('SecretPhone'), (await sharp(bytes).metadata()).orientation]).toEqual([true, 6])
  const [first, second] = await Promise.all([upload(citizen, bytes, id), upload(citizen, bytes, id)])
  expect(await second.json()).toEqual(await first.json())
  expect(await (await upload(citizen, page, id)).json()).toMatchObject({ id, height: 1_600 })
  expect(await refusalOf(await upload(await app.visitor(), bytes, id))).toMatchObject({ code: 'conflict', reason: 'id-taken' })
  expect(await refusalOf(await upload(app.stranger(), bytes))).toMatchObject({ code: 'not-signed-in' })
})

describe('what is no photo is refused, whatever it says it is', () => {
  const cases: [string, () => Promise<Buffer> | Buffer, string][] = [
    ['an SVG with a script', () => svg, 'not-a-photo'],
    ['a page', () => page, 'not-a-photo'],
    ['nothing', () => Buffer.alloc(0), 'not-a-photo'],
    ['noise', () => randomBytes(10_000), 'not-a-photo'],
    [
      'a GIF',
      () =>
        sharp({ create: { width: 5, height: 5, channels: 3, background: 'red' } })
          .gif()
          .toBuffer(),
      'not-a-photo',
    ],
    ['an SVG behind the first bytes of a PNG', async () => Buffer.concat([(await plainPicture()).subarray(0, 8), svg]), 'photo-unreadable'],
    ['a page behind the first bytes of a JPEG', () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), page]), 'photo-unreadable'],
    ['a picture cut off in the middle', async () => (await phonePicture()).subarray(0, 9_000), 'photo-unreadable'],
    ['a small file that unpacks to 30,000 × 30,000 pixels', () => bomb(30_000), 'photo-unreadable'],
  ]
  test.each(cases)('%s', async (_, make, reason) => {
    const citizen = await app.visitor()
    const id = v7()
    for (const type of ['image/jpeg', 'image/svg+xml', 'text/html']) {
      const refused = await refusalOf(await upload(citizen, await make(), id, { 'content-type': type }))
      expect(refused).toMatchObject({ status: 400, code: 'invalid-input', reason })
    }
    expect((await citizen.fetch(photoPath(id))).status).toBe(404)
  })

  test('more bytes than are taken, said beforehand or not, and a packed body', async () => {
    const citizen = await app.visitor()
    const whole = await upload(citizen, Buffer.alloc(50_000_000, 0xff))
    expect(await refusalOf(whole)).toMatchObject({ status: 413, code: 'too-large' })
    const packed = await upload(citizen, gzipSync(await plainPicture()), v7(), { 'content-encoding': 'gzip' })
    expect(await refusalOf(packed)).toMatchObject({ status: 400, code: 'invalid-input' })
  })
})

test('what hides behind a picture is not kept', async () => {
  const citizen = await app.visitor()
  const id = v7()
  const polyglot = Buffer.concat([await plainPicture(), page, Buffer.from('PK\u0003\u0004')])
  expect((await upload(citizen, polyglot, id)).status).toBe(200)
  const kept = Buffer.from(await (await citizen.fetch(photoPath(id))).arrayBuffer())
  expect([kept.includes('<script'), kept.includes('PK')]).toEqual([false, false])
})

test('an id that is none is refused, and so is a page of somebody else', async () => {
  const citizen = await app.visitor()
  for (const id of ['x', '..%2f..%2fhttps.json', '%00'])
    expect((await citizen.fetch(`/api/photos/${id}`)).status).toBeGreaterThanOrEqual(400)
  const foreign = await upload(citizen, await plainPicture(), v7(), { origin: 'https://elsewhere.example' })
  expect(await refusalOf(foreign)).toMatchObject({ reason: 'foreign-origin' })
})

test('a photo is seen by those who may see its suggestion, and goes with it', async () => {
  const author = await app.visitor()
  const [other, member] = [await app.visitor(), await app.person({ grants: [inRegion('member', districts.nanxun)] })]
  const id = await uploaded(author)
  const sees = async (person: Person, receipt?: string) => (await person.fetch(photoPath(id, receipt ? { receipt } : {}))).status === 200
  expect([await sees(author), await sees(other), await sees(member)]).toEqual([true, false, false])

  const { suggestion, receipt } = value(await post(author, [id]))
  expect(suggestion.photoIds).toEqual([id])
  const holder = app.stranger()
  const all = async () => [await sees(author), await sees(member), await sees(holder, receipt), await sees(other), await sees(holder)]
  expect(await all()).toEqual([true, true, true, false, false])
  value(await moderator.ask('suggestion:publish', { suggestionId: suggestion.id }))
  expect(await all()).toEqual([true, true, true, true, true])
  expect(await other.get(`/api/meetings/${meeting.id}/suggestions`)).toMatchObject([{ photoIds: [id] }])
  value(await moderator.ask('suggestion:hide', { suggestionId: suggestion.id, reason: '拍到了别人的孩子' }))
  expect(await all()).toEqual([true, true, true, false, false])
  expect(await sees(holder, '0000-0000-0000')).toBe(false)
})

test('only free photos of the same person, three at most and none twice, go with a suggestion', async () => {
  const [author, other] = [await app.visitor(), await app.visitor()]
  const [mine, used, theirs] = [await uploaded(author), await uploaded(author), await uploaded(other)]
  value(await post(author, [used]))
  for (const ids of [[theirs], [used], [mine, theirs], [v7()]])
    expect(failure(await post(author, ids))).toEqual({ code: 'not-found', reason: 'no-such-photo' })
  for (const ids of [
    [mine, mine],
    [mine, v7(), v7(), v7()],
  ])
    expect(failure(await post(author, ids))).toMatchObject({ code: 'invalid-input', fields: { photoIds: expect.any(String) } })
  // What was refused has taken nothing.
  const wish = { id: v7(), meetingId: meeting.id, text: '断了', photoIds: [mine] }
  const first = value(await author.post('suggestion:post', wish))
  expect(value(await author.post('suggestion:post', wish))).toEqual(first)
})

test('nobody piles up photos that belong to nothing, and what no suggestion came for is thrown away with its files', async () => {
  const citizen = await app.visitor()
  const ids: string[] = []
  for (let n = 0; n < 12; n++) ids.push(await uploaded(citizen))
  expect(await refusalOf(await upload(citizen, await plainPicture()))).toMatchObject({ code: 'conflict', reason: 'too-many-photos' })
  const { suggestion } = value(await post(citizen, [ids[0]!]))
  // One that was never sent whole, as when a phone lost its line, leaves a row and no file.
  expect((await upload(citizen, page)).status).toBe(400)
  later = 23 * 3_600_000
  expect(await app.services.photos.sweep()).toBe(0)
  later = 25 * 3_600_000
  while ((await app.services.photos.sweep()) > 0);
  later = 0
  expect((await readdir(join(dataDir, 'photos'))).filter((name) => ids.some((id) => name.startsWith(id))).sort()).toEqual([
    `${ids[0]}.jpg`,
    `${ids[0]}.small.jpg`,
  ])
  expect(await refusalOf(await citizen.fetch(photoPath(ids[1]!)))).toMatchObject({ code: 'not-found' })
  expect((await citizen.fetch(photoPath(suggestion.photoIds[0]!))).status).toBe(200)
})

describe('a picture in the minutes', () => {
  const add = (person: Person, photoId: string, meetingId = meeting.id) => person.post('minutes:add-image', { meetingId, photoId })
  const seenBy = async (person: Pick<Person, 'fetch'>, photoId: string) => (await person.fetch(photoPath(photoId))).status

  test('is seen by whoever reads the minutes, is there twice or once, and is not thrown away', async () => {
    const photoId = await uploaded(secretary)
    expect(await seenBy(moderator, photoId)).toBe(404)
    expect(value(await add(secretary, photoId))).toEqual({ photoId })
    expect(value(await add(moderator, photoId))).toEqual({ photoId })
    expect([await seenBy(moderator, photoId), await seenBy(await app.visitor(), photoId), await seenBy(app.stranger(), photoId)]).toEqual([
      200, 404, 404,
    ])
    later = 25 * 3_600_000
    await app.services.photos.sweep()
    later = 0
    expect(await seenBy(secretary, photoId)).toBe(200)
    expect(failure(await post(secretary, [photoId])).code).toBe('not-found')
  })

  test('is added by those who write the minutes, and is their own', async () => {
    const photoId = await uploaded(secretary)
    const other = await makeMeeting(secretary)
    expect(failure(await add(await app.visitor(), photoId)).code).toBe('not-allowed')
    expect(failure(await add(app.stranger(), photoId)).code).toBe('not-signed-in')
    expect(failure(await add(moderator, photoId))).toMatchObject({ code: 'not-found', reason: 'no-such-photo' })
    expect(failure(await add(secretary, v7())).code).toBe('not-found')
    expect(failure(await add(secretary, photoId, v7())).code).toBe('not-found')
    expect(failure(await add(secretary, 'x' as never)).code).toBe('invalid-input')
    value(await add(secretary, photoId))
    expect(failure(await add(secretary, photoId, other.id)).code).toBe('not-found')
  })
})
