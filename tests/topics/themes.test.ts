import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import type { Similar, Theme, ThemeSuggestion, Themes } from '../../shared/themes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { fixture } from './fixture.ts'

let app: TestApp
let secretary: Person
let visitor: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书处', grants: [inRegion('secretary', districts.nanxun)] })
  visitor = await app.visitor()
})
afterAll(() => app.close())

const immediate = () => makeMeeting(secretary, { suggestionPolicy: 'immediate' as never })

async function post(meeting: Meeting, texts: string[], person = visitor): Promise<string[]> {
  const posted = await Promise.all(
    texts.map(async (text) => value(await person.ask('suggestion:post', { id: v7(), meetingId: meeting.id, text }))),
  )
  return posted.map(({ suggestion }) => suggestion.id)
}

const about = (subject: string) => fixture.filter((one) => one.about === subject).map(({ text }) => text)
const group = (meeting: Meeting) => app.services.topics.themes.groupNow(meeting.id)
const themesOf = (meeting: Meeting, person = secretary) => person.get<Themes>(`/api/meetings/${meeting.id}/themes`)
const inside = (meeting: Meeting, themeId?: string) =>
  secretary.get<ThemeSuggestion[]>(`/api/meetings/${meeting.id}/themes/suggestions${themeId ? `?themeId=${themeId}` : ''}`)

/** A meeting about lamps, buses and parking, grouped. */
async function grouped() {
  const meeting = await immediate()
  const ids = await post(meeting, [...about('lamp'), ...about('bus'), ...about('parking')])
  await group(meeting)
  const { themes } = await themesOf(meeting)
  return { meeting, ids, themes }
}

const byWord = (themes: Theme[], word: string) => themes.find(({ words }) => words.includes(word))!

test('themes appear by themselves a moment after people post, and the room is told once', async () => {
  const meeting = await immediate()
  await secretary.ask('meeting:watch', { meetingId: meeting.id })
  const told = secretary.next('themes:changed', ({ meetingId }) => meetingId === meeting.id)
  await post(meeting, about('lamp'))
  expect((await told).version).toBe(1)
  const { themes, loose, version, same } = await themesOf(meeting)
  expect(version).toBe(1)
  expect(themes.some(({ words }) => words.includes('路灯'))).toBe(true)
  expect(themes.reduce((sum, { size }) => sum + size, loose)).toBe(about('lamp').length)
  expect(themes[0]!.heat).toBeGreaterThan(1.9)
  expect(same.length).toBeGreaterThan(0)
  expect(same[0]![0]!.text).toContain('路灯')
})

test('grouping again changes nothing when nothing was posted', async () => {
  const { meeting, themes } = await grouped()
  const before = await themesOf(meeting)
  await group(meeting)
  const after = await themesOf(meeting)
  expect(after.version).toBe(before.version)
  expect(after.themes.map(({ id }) => id).sort()).toEqual(themes.map(({ id }) => id).sort())
})

test('what is hidden or merged leaves its theme, and what is left stays the same theme', async () => {
  const { meeting, themes } = await grouped()
  const lamps = byWord(themes, '路灯')
  const members = await inside(meeting, lamps.id)
  value(await secretary.ask('suggestion:hide', { suggestionId: members[0]!.id, reason: '重复' }))
  value(await secretary.ask('suggestion:merge', { suggestionId: members[1]!.id, intoId: members[2]!.id }))
  await group(meeting)
  expect((await inside(meeting, lamps.id)).map(({ id }) => id)).toEqual(expect.not.arrayContaining([members[0]!.id, members[1]!.id]))
  expect((await themesOf(meeting)).themes.find(({ id }) => id === lamps.id)).toMatchObject({ size: members.length - 2 })
})

test('a moderator confirms, renames, moves, splits and merges; each is on record', async () => {
  const { meeting, themes } = await grouped()
  const [lamps, parking] = [byWord(themes, '路灯'), byWord(themes, '停车')]
  value(await secretary.ask('theme:confirm', { themeId: lamps.id }))
  value(await secretary.ask('theme:rename', { themeId: parking.id, name: '停车难' }))
  const moved = (await inside(meeting, lamps.id))[0]!
  value(await secretary.ask('theme:move', { suggestionId: moved.id, themeId: parking.id }))
  const [first] = await inside(meeting, lamps.id)
  const splitId = v7()
  const split = { id: splitId, themeId: lamps.id, suggestionIds: [first!.id], name: '路灯维修' }
  value(await secretary.ask('theme:split', split))
  expect(value(await secretary.ask('theme:split', split)).version).toBe((await themesOf(meeting)).version)
  await group(meeting)

  const now = await themesOf(meeting)
  expect(now.themes.find(({ id }) => id === parking.id)).toMatchObject({ name: '停车难', kept: true, size: parking.size + 1 })
  expect(now.themes.find(({ id }) => id === splitId)).toMatchObject({ name: '路灯维修', size: 1 })
  expect((await inside(meeting, parking.id)).find(({ id }) => id === moved.id)).toMatchObject({ fixed: true })

  value(await secretary.ask('theme:merge', { themeId: splitId, intoId: lamps.id }))
  await group(meeting)
  const again = value(await secretary.ask('theme:merge', { themeId: splitId, intoId: lamps.id }))
  expect(again.version).toBe((await themesOf(meeting)).version)
  expect((await themesOf(meeting)).themes.some(({ id }) => id === splitId)).toBe(false)
  expect((await inside(meeting, lamps.id)).map(({ id }) => id)).toContain(first!.id)
  expect(failure(await secretary.ask('theme:confirm', { themeId: splitId })).reason).toBe('theme-merged')

  const { rows } = await app.db.pool.query(
    `select action from audit_entries where details->>'meetingId' = $1 and action like 'theme:%' order by id`,
    [meeting.id],
  )
  expect(rows.map(({ action }) => action)).toEqual(['theme:confirm', 'theme:rename', 'theme:move', 'theme:split', 'theme:merge'])
})

test('nobody but the meeting’s moderators corrects, and only what is its own', async () => {
  const { meeting, themes, ids } = await grouped()
  const theme = themes[0]!
  const member = await app.person({ grants: [inMeeting('member', meeting.id)] })
  const elsewhere = await app.person({ grants: [inRegion('secretary', '11')] })
  for (const person of [app.stranger(), visitor, member, elsewhere]) {
    for (const result of await Promise.all([
      person.ask('theme:confirm', { themeId: theme.id }),
      person.ask('theme:rename', { themeId: theme.id, name: '名' }),
      person.ask('theme:move', { suggestionId: ids[0]!, themeId: null }),
      person.ask('theme:split', { id: v7(), themeId: theme.id, suggestionIds: [ids[0]!] }),
      person.ask('theme:merge', { themeId: theme.id, intoId: themes[1]!.id }),
    ]))
      expect(failure(result).code).toMatch(/^not-/)
  }
  expect((await themesOf(meeting, member)).themes).toHaveLength(themes.length)
  for (const person of [app.stranger(), visitor, elsewhere])
    await expect(themesOf(meeting, person)).rejects.toMatchObject({ error: { code: expect.stringMatching(/^not-/) } })

  const other = await grouped()
  const refused = async (asked: ReturnType<Person['ask']>) => failure(await asked).reason
  expect(await refused(secretary.ask('theme:move', { suggestionId: ids[0]!, themeId: other.themes[0]!.id }))).toBe('no-such-theme')
  expect(await refused(secretary.ask('theme:merge', { themeId: theme.id, intoId: other.themes[0]!.id }))).toBe('no-such-theme')
  expect(await refused(secretary.ask('theme:merge', { themeId: theme.id, intoId: theme.id }))).toBe('theme-merged')
  expect(await refused(secretary.ask('theme:confirm', { themeId: v7() }))).toBe('no-such-theme')
  const all = (await inside(meeting, theme.id)).map(({ id }) => id)
  expect(await refused(secretary.ask('theme:split', { id: v7(), themeId: theme.id, suggestionIds: all }))).toBe('not-of-the-theme')
  expect(await refused(secretary.ask('theme:split', { id: v7(), themeId: theme.id, suggestionIds: [other.ids[0]!] }))).toBe(
    'no-such-suggestion',
  )
})

test('after any corrections and new suggestions, every correction still holds', { timeout: 120_000 }, async () => {
  const texts = fixture.map(({ text }) => text)
  const step = fc.record({
    kind: fc.constantFrom('post', 'post', 'confirm', 'rename', 'move', 'move', 'out', 'split', 'merge', 'hide'),
    pick: fc.nat(1_000),
    other: fc.nat(1_000),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const meeting = await immediate()
      await post(meeting, texts.slice(0, 24))
      await group(meeting)
      let next = 24
      /** What was decided last of each suggestion and theme. */
      const where = new Map<string, string | null>()
      const names = new Map<string, string>()
      const kept = new Set<string>()
      const gone = new Set<string>()
      const hidden = new Set<string>()
      for (const { kind, pick, other } of steps) {
        const { themes } = await themesOf(meeting)
        const places = new Map<string, string | null>((await inside(meeting)).map(({ id }) => [id, null]))
        for (const { id: themeId } of themes) for (const { id } of await inside(meeting, themeId)) places.set(id, themeId)
        const [theme, target] = [themes[pick % themes.length], themes[other % themes.length]]
        const suggestion = [...places.keys()].sort()[pick % places.size]!
        const members = (id: string) => [...places].filter(([, themeId]) => themeId === id).map(([one]) => one)
        const keep = (id: string) => {
          kept.add(id)
          for (const one of members(id)) where.set(one, id)
        }
        if (kind === 'post') {
          await post(meeting, texts.slice(next, next + 4))
          next += 4
        } else if (kind === 'hide') {
          value(await secretary.ask('suggestion:hide', { suggestionId: suggestion, reason: '不公开' }))
          hidden.add(suggestion)
        } else if (kind === 'out') {
          value(await secretary.ask('theme:move', { suggestionId: suggestion, themeId: null }))
          where.set(suggestion, null)
        } else if (!theme || !target) continue
        else if (kind === 'confirm') {
          value(await secretary.ask('theme:confirm', { themeId: theme.id }))
          keep(theme.id)
        } else if (kind === 'rename') {
          value(await secretary.ask('theme:rename', { themeId: theme.id, name: `名称${other}` }))
          keep(theme.id)
          names.set(theme.id, `名称${other}`)
        } else if (kind === 'move') {
          value(await secretary.ask('theme:move', { suggestionId: suggestion, themeId: target.id }))
          keep(target.id)
          where.set(suggestion, target.id)
        } else if (kind === 'split' && members(theme.id).length > 1) {
          const id = v7()
          const chosen = members(theme.id).slice(0, 1)
          value(await secretary.ask('theme:split', { id, themeId: theme.id, suggestionIds: chosen }))
          keep(theme.id)
          kept.add(id)
          for (const one of chosen) where.set(one, id)
        } else if (kind === 'merge' && theme.id !== target.id) {
          value(await secretary.ask('theme:merge', { themeId: theme.id, intoId: target.id }))
          keep(target.id)
          for (const [one, themeId] of [...where, ...members(theme.id).map((id) => [id, theme.id] as const)])
            if (themeId === theme.id) where.set(one, target.id)
          kept.delete(theme.id)
          names.delete(theme.id)
          gone.add(theme.id)
        }
        await group(meeting)

        const after = new Map((await themesOf(meeting)).themes.map((one) => [one.id, one]))
        for (const id of kept) expect(after.get(id)).toMatchObject({ kept: true })
        for (const [id, name] of names) expect(after.get(id)?.name).toBe(name)
        for (const id of gone) expect(after.has(id)).toBe(false)
        const { rows } = await app.db.pool.query<{ id: string; theme: string | null }>(
          'select suggestion_id as id, theme_id as theme from suggestion_themes where meeting_id = $1',
          [meeting.id],
        )
        const stored = new Map(rows.map((row) => [row.id, row.theme]))
        for (const [one, themeId] of where) if (!hidden.has(one)) expect([one, stored.get(one)]).toEqual([one, themeId])
      }
    }),
    { numRuns: 5, endOnFailure: true },
  )
})

test('a writer is shown what was published already, never what is pending or hidden, and may be anybody', async () => {
  const meeting = await immediate()
  const ids = await post(meeting, about('lamp'))
  const ask = (person: Person, text: string) =>
    person.get<Similar[]>(`/api/meetings/${meeting.id}/similar?text=${encodeURIComponent(text)}`)
  const similar = await ask(app.stranger(), '村道路灯坏了')
  expect(similar.length).toBeGreaterThan(0)
  expect(similar.length).toBeLessThanOrEqual(3)
  expect(similar[0]).toEqual({ id: expect.any(String), text: expect.stringContaining('路灯坏了'), supports: 1 })
  expect(ids).toContain(similar[0]!.id)
  value(await secretary.ask('suggestion:hide', { suggestionId: similar[0]!.id, reason: '重复' }))
  expect((await ask(visitor, '村道路灯坏了')).map(({ id }) => id)).not.toContain(similar[0]!.id)
  expect(await ask(visitor, '好')).toEqual([])
  await expect(ask(visitor, '')).rejects.toMatchObject({ status: 400 })

  const pending = await makeMeeting(secretary)
  await post(pending, about('lamp'))
  expect(await visitor.get(`/api/meetings/${pending.id}/similar?text=${encodeURIComponent('村道路灯坏了')}`)).toEqual([])
})

test('whoever asks for similar ones without end is told to wait', async () => {
  const meeting = await immediate()
  const hasty = await app.visitor()
  const statuses = await Promise.all(
    Array.from({ length: 70 }, async () => (await hasty.fetch(`/api/meetings/${meeting.id}/similar?text=x`)).status),
  )
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(5)
})
