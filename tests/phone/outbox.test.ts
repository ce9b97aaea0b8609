import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { createOutbox, keptReceipts } from '../../client/phone/meeting/outbox.ts'
import { createStorage } from '../../client/phone/storage.ts'
import type { Result } from '../../shared/commands.ts'
import type { Failure } from '../../shared/errors.ts'
import type { PostedSuggestion } from '../../shared/suggestions.ts'

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
  const ids = ['一', '二', '三'].map(phone.write)
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
      ...createKeeper(),
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

/** The hall at the other end of the network: answers with a receipt, or with what `answer` and `refuse` say. */
function createHall() {
  const ids: string[] = []
  const will: { answer: Failure | null; refuse: string | undefined } = { answer: null, refuse: undefined }
  let arrived = () => {}
  const post: Post = async ({ id, meetingId: meeting, text }) => {
    ids.push(id)
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
  return { ids, will, post, asked }
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

function openPage(post: Post, keeper = createKeeper(), open: () => ReturnType<typeof createKeeper> = () => keeper) {
  const receipts: string[] = []
  const storage = createStorage(open)
  const outbox = createOutbox({
    code: 'ABC234',
    storage,
    post,
    onChange: () => {},
    onPosted: ({ receipt }) => receipts.push(receipt),
    firstRetryMs: 3_600_000,
  })
  const write = (text: string) => {
    const id = v7()
    outbox.add({ id, meetingId, text, authorName: '' })
    return id
  }
  return { outbox, storage, keeper, receipts, write }
}

/** A browser's localStorage. */
function createKeeper() {
  const values = new Map<string, string>()
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
    key: (index: number) => [...values.keys()][index] ?? null,
    get length() {
      return values.size
    },
  }
}
