import { expect, test } from 'vitest'
import { levelOf } from '../../client/media/level.ts'
import { verdictOf } from '../../client/media/verdict.ts'
import { projectorLayout } from '../../client/projector/projectorLayout.ts'
import { stageLayout } from '../../client/room/stageLayout.ts'
import { stageTiling, tilingFor } from '../../client/room/tiling.ts'
import type { Meeting } from '../../shared/meetings.ts'

test.each([
  // A laptop's stage, a phone's, a projector's: pictures, width × height → columns × rows.
  [1, 1_020, 700, 1, 1],
  [2, 1_020, 700, 1, 2],
  [3, 1_020, 700, 2, 2],
  [4, 1_020, 700, 2, 2],
  [6, 1_020, 700, 2, 3],
  [9, 1_020, 700, 3, 3],
  [12, 1_020, 700, 3, 4],
  [2, 374, 320, 1, 2],
  [4, 374, 320, 2, 2],
  [2, 1_900, 700, 2, 1],
  [5, 1_920, 1_080, 3, 2],
])('%i pictures on a stage of %i × %i stand in %i columns and %i rows', (count, width, height, columns, rows) => {
  expect(tilingFor(count, { width, height }, 8)).toMatchObject({ columns, rows })
})

test('whatever the stage, pictures keep 16:9, stay within it, and no other number of columns makes them larger', () => {
  for (let count = 1; count <= 50; count += 7) {
    for (const box of [
      { width: 1_020, height: 700 },
      { width: 374, height: 300 },
      { width: 1_920, height: 400 },
    ]) {
      const { columns, rows, width, height } = tilingFor(count, box, 8)
      expect(columns * rows).toBeGreaterThanOrEqual(count)
      expect(width * columns + 8 * (columns - 1)).toBeLessThanOrEqual(box.width)
      expect(height * rows + 8 * (rows - 1)).toBeLessThanOrEqual(box.height)
      expect(Math.abs(width - (height * 16) / 9)).toBeLessThan(2)
      for (let other = 1; other <= count; other++) {
        const down = (box.height - 8 * (Math.ceil(count / other) - 1)) / Math.ceil(count / other)
        expect(Math.floor(Math.min((box.width - 8 * (other - 1)) / other, (down * 16) / 9))).toBeLessThanOrEqual(width)
      }
    }
  }
})

test('where fifty faces would be too small to know, the stage scrolls instead', () => {
  const { width, columns, rows } = stageTiling(50, { width: 374, height: 300 }, 8)
  expect(width).toBeGreaterThanOrEqual(128)
  expect(columns * rows).toBeGreaterThanOrEqual(50)
})

const sites: Meeting['sites'] = [
  { id: 'hall', name: '主会场', regionCode: '330503', kind: 'main', code: '2345678' },
  { id: 'post', name: '驿站', regionCode: '320509', kind: 'post', code: '3456789' },
]
const here = (id: string, siteId: string | null, camera: 'on' | 'off' = 'on', present = true) => ({ id, siteId, camera, present })
const room = [
  here('me', 'post'),
  here('hall', 'hall'),
  here('quiet', 'post', 'off'),
  here('seen', 'post'),
  here('gone', 'post', 'on', false),
]
const nobody = { speakerId: null, spotlightId: null, pinnedId: null, sharerId: null, dominantId: null, selfId: 'me', sites }

test.each([
  ['all the same size, the main hall first and me last', {}, { slides: null, large: null, others: ['hall', 'seen', 'quiet', 'me'] }],
  ['the speaker large', { speakerId: 'quiet' }, { slides: null, large: 'quiet', others: ['hall', 'seen', 'me'] }],
  ['whom the chair shows before the speaker', { speakerId: 'quiet', spotlightId: 'seen' }, { large: 'seen' }],
  ['whom I pinned before both', { speakerId: 'quiet', spotlightId: 'seen', pinnedId: 'hall' }, { large: 'hall' }],
  ['whom I pinned and who left no longer', { speakerId: 'quiet', pinnedId: 'gone' }, { large: 'quiet' }],
  [
    'slides with the speaker beside',
    { speakerId: 'seen', sharerId: 'seen' },
    { slides: 'seen', large: 'seen', others: ['hall', 'quiet', 'me'] },
  ],
])('the stage shows %s', (_, attention, layout) => {
  expect(stageLayout(room, { ...nobody, ...attention })).toMatchObject(layout)
})

test('alone in the room one’s own picture is not a strip', () => {
  expect(stageLayout([here('me', 'post')], { ...nobody, speakerId: 'me' })).toEqual({ slides: null, large: null, others: ['me'] })
})

test.each([
  ['the main hall large while nobody speaks', {}, { slides: null, large: 'hall', beside: ['me', 'seen'] }],
  ['the speaker large and the main hall beside', { speakerId: 'quiet' }, { large: 'quiet', beside: ['hall', 'me', 'seen'] }],
  ['in free discussion whoever is heard most', { dominantId: 'seen' }, { large: 'seen', beside: ['hall', 'me'] }],
  ['whom the chair shows before the speaker', { speakerId: 'quiet', spotlightId: 'seen' }, { large: 'seen' }],
  [
    'slides large, the speaker and the main hall beside',
    { speakerId: 'quiet', sharerId: 'seen' },
    { slides: 'seen', large: null, beside: ['quiet', 'hall'] },
  ],
])('a hall’s screen shows %s', (_, attention, layout) => {
  expect(projectorLayout(room, { ...nobody, ...attention })).toMatchObject(layout)
})

test('a hall’s screen in an empty room shows nobody', () => {
  expect(projectorLayout([], nobody)).toEqual({ slides: null, large: null, beside: [] })
})

const line = { roundTripMs: 40, lossPercent: 0, protocol: 'udp' as const, relayed: false }
test.each([
  [line, 'good'],
  [{ ...line, protocol: 'tcp' as const }, 'fair'],
  [{ ...line, lossPercent: 5 }, 'fair'],
  [{ ...line, roundTripMs: 450 }, 'fair'],
  [{ ...line, lossPercent: 12 }, 'poor'],
  [{ ...line, roundTripMs: 900 }, 'poor'],
  [null, 'blocked'],
] as const)('the line %j is %s', (figures, verdict) => {
  expect(verdictOf(figures)).toBe(verdict)
})

test.each([
  [0, 0],
  [1, 1],
  [0.1, 2 / 3],
  [0.0001, 0],
])('a steady signal of %d shows as a level of %d', (signal, level) => {
  expect(levelOf(new Float32Array(512).fill(signal))).toBeCloseTo(level, 2)
})
