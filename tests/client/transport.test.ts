import { describe, expect, test } from 'vitest'
import { failureFromAnswer, noAnswer } from '../../client/transport/failures.ts'
import { addressOf } from '../../client/transport/http.ts'
import { mergeNewer, newerOf } from '../../client/transport/mergeNewer.ts'

describe('lists of versioned things', () => {
  const first = { id: 'a', version: 1 }
  const second = { id: 'a', version: 2 }

  test('the highest version is kept, in whatever order they arrive', () => {
    expect([...mergeNewer(new Map(), second, first).values()]).toEqual([second])
    expect([...mergeNewer(new Map([['a', first]]), second).values()]).toEqual([second])
  })

  test('the same map comes back when nothing was newer, so that nothing is drawn again', () => {
    const known = new Map([['a', second]])
    expect(mergeNewer(known, first, second)).toBe(known)
    expect(newerOf(second, first)).toBe(second)
  })
})

describe('addresses of queries', () => {
  test('parameters go into the path, what is left into the query string, and what is undefined nowhere', () => {
    const input = { meetingId: 'a/b', limit: 5, status: undefined }
    expect(addressOf('/api/meetings/:meetingId/suggestions', input)).toBe('/api/meetings/a%2Fb/suggestions?limit=5')
  })
})

describe('answers that are not ours', () => {
  test('our own refusal is taken as it is', () => {
    const error = { code: 'conflict' as const, reason: 'username-taken' }
    expect(failureFromAnswer(409, { ok: false, error })).toEqual(error)
  })

  test.each([
    [502, noAnswer],
    [429, { code: 'too-many-requests', reason: 'too-many-requests' }],
    [422, { code: 'invalid-input', reason: 'invalid-input' }],
  ])('a page of a proxy with status %d becomes a failure that can be shown', (status, failure) => {
    expect(failureFromAnswer(status, '<html>')).toEqual(failure)
  })
})
