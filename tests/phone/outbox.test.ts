import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { createOutbox, keptReceipts } from '../../client/phone/meeting/outbox.ts'
import { createStorage } from '../../client/phone/storage.ts'
import type { Result } from '../../shared/commands.ts'
import type { Failure } from '../../shared/errors.ts'
import type { PostedSuggestion } from '../../shared/suggestions.ts'
import { eventually } from '../support/eventually.ts'
import { createLocalStorage } from '../support/local-storage.ts'

type Upload = (photoId: string, bytes: ArrayBuffer) => Promise<Result<unknown>>
type Post = Parameters<typeof createOutbox>[0]['post']

const meetingId = v7()
const unreachable: Failure = { code: 'unavailable', reason: 'unreachable' }

test('a suggestion that met a dead network is sent with the same id when the network is back', async () => {
  const hall = createHall()
  const phone = openPage(hall.post)
  hall.will.answer = unreachable
  const id = phone.write('末班船再晚半小时')
  await hall.asked(1)
  expect(phone.outbox.list()).toMatchObject([{ id, refusal: null }])

  hall.will.answer = null
  await phone.outbox.flush()
  expect(hall.ids).toEqual([id, id])
  expect(phone.outbox.list()).toEqual([])
  expect(phone.receipts).toEqual([`R${id}`])
})

test('a reload while a suggestion waits loses nothing, and its receipt stays on the phone', async () => {
  const hall = createHall()
  hall.will.answer = unreachable
  const before = openPage(hall.post)
  const id = before.write('渡口加一盏灯')
  await hall.asked(1)
  before.outbox.close()

  hall.will.answer = null
  const after = openPage(hall.post, before.keeper)
  await after.outbox.flush()
  expect(hall.ids).toEqual([id, id])
  expect(keptReceipts(after.storage, 'ABC234')).toMatchObject([{ receipt: `R${id}` }])
})

test('two calls at once send a suggestion once', async () => {
  const hall = createHall()
  const phone = openPage(hall.post)
  const id = phone.write('公交站加一排座椅')
  await Promise.all([phone.outbox.flush(), phone.outbox.flush()])
  await hall.asked(1)
  expect(hall.ids).toEqual([id])
})

test('what the server refuses is not tried again and can be taken back', async () => {
  const hall = createHall()
  hall.will.answer = { code: 'conflict', reason: 'meeting-not-live' }
  const phone = openPage(hall.post)
  const id = phone.write('太晚了')
  await hall.asked(1)
  await phone.outbox.flush()
  expect(hall.ids).toEqual([id])
  expect(phone.outbox.takeBack(id)).toMatchObject({ text: '太晚了', refusal: { code: 'conflict' } })
  expect(phone.outbox.list()).toEqual([])
})

test('what may have arrived cannot be taken back', async () => {
  const hall = createHall()
  hall.will.answer = unreachable
  const phone = openPage(hall.post)
  const id = phone.write('可能已经送到')
  await hall.asked(1)
  expect(phone.outbox.takeBack(id)).toBeNull()
  expect(phone.outbox.list()).toHaveLength(1)
})

test('several suggestions leave in the order they were written, past one that is refused', async () => {
  const hall = createHall()
  hall.will.answer = unreachable
  const phone = openPage(hall.post)
  const ids = ['一', '二', '三'].map((text) => phone.write(text))
  await hall.asked(1)
  hall.will.answer = null
  hall.will.refuse = ids[1]
  await phone.outbox.flush()
  expect(phone.receipts).toEqual([`R${ids[0]}`, `R${ids[2]}`])
  expect(phone.outbox.list()).toMatchObject([{ id: ids[1], refusal: { code: 'invalid-input' } }])
})

test.each([
  [
    'forbidden',
    () => {
      throw new Error('SecurityError')
    },
  ],
  [
    'full',
    () => ({
      ...createLocalStorage(),
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }),
  ],
])("with the phone's storage %s, a suggestion is still sent", async (_, open) => {
  const hall = createHall()
  const phone = openPage(hall.post, undefined, open)
  const id = phone.write('没有存储也要能提')
  await hall.asked(1)
  await phone.outbox.flush()
  expect(phone.receipts).toEqual([`R${id}`])
})

test('pictures go before the words, and where the line breaks, what has arrived is not sent again', async () => {
  const hall = createHall()
  const phone = openPage(hall.post)
  const photoIds = phone.shelf.fill(3)
  const sent: string[] = []
  let broken = true
  phone.line.upload = async (photoId) => {
    sent.push(photoId)
    return broken && sent.length === 2 ? { ok: false, error: unreachable } : { ok: true, value: null }
  }
  const id = phone.write('栏杆断了', photoIds)
  await eventually(() => phone.outbox.state().lastFailure !== null)
  expect([sent, hall.ids]).toEqual([photoIds.slice(0, 2), []])
  broken = false
  await phone.outbox.flush()
  expect(sent).toEqual([photoIds[0], photoIds[1], photoIds[1], photoIds[2]])
  expect(hall.posts).toMatchObject([{ id, photoIds }])
  await eventually(() => phone.shelf.kept.size === 0)
})

test('pictures that the server has thrown away meanwhile are sent again', async () => {
  const hall = createHall()
  hall.will.answer = { code: 'not-found', reason: 'no-such-photo' }
  const phone = openPage(hall.post)
  const photoIds = phone.shelf.fill(1)
  const sent: string[] = []
  phone.line.upload = async (photoId) => ({ ok: true, value: sent.push(photoId) })
  const id = phone.write('栏杆断了', photoIds)
  await hall.asked(1)
  hall.will.answer = null
  await phone.outbox.flush()
  expect([sent, hall.ids]).toEqual([
    [photoIds[0], photoIds[0]],
    [id, id],
  ])
  expect(phone.receipts).toEqual([`R${id}`])
})

test('a picture that is gone from the phone, or that the server refuses, gives the suggestion back with its words', async () => {
  const hall = createHall()
  const phone = openPage(hall.post)
  const gone = phone.write('照片没了', [v7()])
  await eventually(() => phone.outbox.list()[0]?.refusal?.reason === 'photo-lost')
  expect(phone.outbox.takeBack(gone)).toMatchObject({ text: '照片没了' })
  phone.line.upload = async () => ({ ok: false, error: { code: 'invalid-input', reason: 'photo-unreadable' } })
  phone.write('照片坏了', phone.shelf.fill(1))
  await eventually(() => phone.outbox.list()[0]?.refusal?.reason === 'photo-unreadable')
  expect(hall.ids).toEqual([])
})

/** The hall at the other end of the network: answers with a receipt, or with what `answer` and `refuse` say. */
function createHall() {
  const ids: string[] = []
  const posts: Parameters<Post>[0][] = []
  const will: { answer: Failure | null; refuse: string | undefined } = { answer: null, refuse: undefined }
  let arrived = () => {}
  const post: Post = async (wish) => {
    const { id, meetingId: meeting, text } = wish
    ids.push(id)
    posts.push(wish)
    arrived()
    if (will.refuse === id) return { ok: false, error: { code: 'invalid-input', reason: 'x' } }
    return will.answer ? { ok: false, error: will.answer } : receiptFor(id, meeting, text)
  }
  /** Resolves once so many posts have been answered. */
  const asked = (count: number) =>
    new Promise<void>((resolve) => {
      arrived = () => {
        if (ids.length >= count) setImmediate(resolve)
      }
      arrived()
    })
  return { ids, posts, will, post, asked }
}

function receiptFor(id: string, meeting: string, text: string): Result<PostedSuggestion> {
  const createdAt = new Date().toISOString()
  const rest = {
    agendaItemId: null,
    authorName: '',
    status: 'pending',
    mergedIntoId: null,
    category: null,
    place: null,
    pinned: false,
    supportCount: 1,
    answer: null,
    hideReason: null,
    createdAt,
    version: 1,
  } as const
  return { ok: true, value: { receipt: `R${id}`, suggestion: { id, meetingId: meeting, text, photoIds: [], ...rest } } }
}

function openPage(post: Post, keeper = createLocalStorage(), open: () => ReturnType<typeof createLocalStorage> = () => keeper) {
  const receipts: string[] = []
  const storage = createStorage(open)
  const shelf = createShelf()
  const line: { upload: Upload } = { upload: async () => ({ ok: true, value: null }) }
  const outbox = createOutbox({
    code: 'ABC234',
    storage,
    post,
    photos: shelf,
    upload: (photoId, bytes) => line.upload(photoId, bytes),
    onChange: () => {},
    onPosted: ({ receipt }) => receipts.push(receipt),
    firstRetryMs: 3_600_000,
  })
  const write = (text: string, photoIds: string[] = []) => {
    const id = v7()
    outbox.add({ id, meetingId, text, authorName: '', photoIds })
    return id
  }
  return { outbox, storage, keeper, receipts, write, shelf, line }
}

/** The pictures that a phone keeps. */
function createShelf() {
  const kept = new Map<string, ArrayBuffer>()
  return {
    kept,
    get: async (photoId: string) => kept.get(photoId),
    forget: async (photoIds: readonly string[]) => photoIds.forEach((photoId) => void kept.delete(photoId)),
    /** Puts so many there. */
    fill(count: number): string[] {
      const ids = Array.from({ length: count }, () => v7())
      for (const id of ids) kept.set(id, new ArrayBuffer(8))
      return ids
    },
  }
}
