import { expect, test } from 'vitest'
import { createReplyKeep } from '../../client/recommendations/keptReply.ts'
import { createLocalStorage } from '../support/local-storage.ts'

const place = { accountId: 'one', assignmentId: 'assignment', round: 1 }
const at = '2026-11-25T08:00:00.000Z'
const fields = { text: '已安排增开班次', items: { s1: { outcome: 'adopted' as const } } }

test('a reply that is being written stays on the device until it is handed in, for its account and its round alone', () => {
  const storage = createLocalStorage()
  const keep = createReplyKeep(
    () => storage,
    () => new Date(at),
  )
  keep.keep(place, fields)
  expect(keep.find(place)).toEqual({ ...fields, at })
  expect(keep.find({ ...place, accountId: 'other' })).toBeNull()
  expect(keep.find({ ...place, round: 2 })).toBeNull()
  keep.forget(place)
  expect(keep.find(place)).toBeNull()
})

test('what is old, or of another program, is not offered and thrown away; what is somebody else’s stays', () => {
  const storage = createLocalStorage()
  const clock = { at: Date.parse(at) }
  const keep = createReplyKeep(
    () => storage,
    () => new Date(clock.at),
  )
  keep.keep(place, fields)
  storage.setItem('yishi.reply.one.broken.1', '{"text":')
  storage.setItem('yishi.reply.one.odd.1', '{"text":1}')
  storage.setItem('yishi.language', 'en')
  clock.at += 121 * 86_400_000
  keep.keep({ ...place, accountId: 'other' }, fields)
  expect(keep.find(place)).toBeNull()
  keep.tidy()
  expect(Array.from({ length: storage.length }, (_, n) => storage.key(n))).toEqual(['yishi.language', 'yishi.reply.other.assignment.1'])
})

test('where the browser refuses to store, nothing is kept and nothing breaks', () => {
  const keep = createReplyKeep(() => {
    throw new Error('refused')
  })
  keep.keep(place, fields)
  keep.tidy()
  expect(keep.find(place)).toBeNull()
})
