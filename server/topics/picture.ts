import type { Meeting } from '../../shared/meetings.ts'
import { isPublic } from '../../shared/suggestion-rules.ts'
import type { Theme } from '../../shared/themes.ts'
import { type Voice, type VoiceCard, type VoiceShare, voiceMinutes } from '../../shared/voice.ts'
import { type Happening, heatAt, heatWeights } from './text/heat.ts'
import type { VoiceRow } from './voice-store.ts'
import { wallNameOf } from './wall.ts'

/** What a piece of the picture says counts from so many agreeing and disagreeing people on. */
export const enoughVoices = 5
/** With this share on the smaller side a suggestion divides people. */
export const contestedFrom = 0.35
/** With this share of agreement, seen as cautiously as few votes deserve, people are of one mind. */
export const agreedFrom = 0.6

const cardsShown = 5
const themesShown = 6
/** As many as can be read from ten metres. */
const wallThemesShown = 5

export type Minute = { id: string; at: number; posts: number; supports: number }
/** Where a code that people scan stands. */
export type Via = { name: string; regionCode: string }

type Facts = {
  meeting: Pick<Meeting, 'sites' | 'regions' | 'endedAt'>
  rows: readonly VoiceRow[]
  minutes: readonly Minute[]
  themes: readonly Theme[]
  people: number
  vias: ReadonlyMap<string, Via>
  /** How many people are set aside. */
  setAside: number
  /** Whether a region's list of words has one that this says. */
  isListed: (text: string) => boolean
  nowMs: number
}

/** What hundreds of phones say, in what a chair reads in two minutes. Pure. */
export function drawPicture({ meeting, rows: every, minutes, themes, people, vias, setAside, isListed, nowMs }: Facts): Voice {
  // Nobody who counts stands behind the others. What was merged or hidden is only counted as such.
  const rows = every.filter(({ supports, status }) => supports > 0 || status === 'merged' || status === 'hidden')
  const endMs = meeting.endedAt ? Date.parse(meeting.endedAt) : nowMs
  const names = new Map(themes.map(({ id, name, words }) => [id, name ?? words.join('、')]))
  const cardOf = (row: VoiceRow): VoiceCard => {
    const { id, text, status, createdAt, supports, agrees, disagrees } = row
    return { id, text, status, createdAt, supports, agrees, disagrees, theme: row.themeId ? (names.get(row.themeId) ?? null) : null }
  }
  const cards = (some: readonly VoiceRow[], most = cardsShown) => some.slice(0, most).map(cardOf)
  const open = rows.filter(({ status }) => status !== 'hidden' && status !== 'merged')
  const shown = open.filter(isPublic)
  const clean = shown.filter(({ toBeLookedAt }) => !toBeLookedAt)
  const within = (some: readonly VoiceRow[], id: string) => some.filter(({ themeId }) => themeId === id)
  const talked = themes.filter(({ id }) => open.some(({ themeId }) => themeId === id))
  const heat = heatOf(minutes, endMs)
  const judged = open.filter(({ agrees, disagrees }) => agrees + disagrees >= enoughVoices)
  const waiting = open.filter(({ status }) => status === 'published')
  const count = (status: VoiceRow['status']) => rows.filter((row) => row.status === status).length
  return {
    at: new Date(nowMs).toISOString(),
    results: true,
    setAside,
    totals: {
      people,
      suggestions: rows.length,
      pending: count('pending'),
      answered: count('answered'),
      merged: count('merged'),
      hidden: count('hidden'),
      supports: sum(open, ({ supports }) => supports),
      stances: sum(open, ({ agrees, disagrees, passes }) => agrees + disagrees + passes),
      unanswered: waiting.length,
    },
    perMinute: ratePerMinute(minutes, endMs),
    top: cards(by(clean, ({ supports }) => supports)),
    wallThemes: talked
      .flatMap((theme) => {
        const name = wallNameOf(theme, { open: within(open, theme.id), clean: within(clean, theme.id) }, isListed)
        return name === null ? [] : [{ id: theme.id, name, size: within(open, theme.id).length }]
      })
      .slice(0, wallThemesShown),
    newest: cards(open),
    hot: cards(by(open, ({ id }) => heat.get(id) ?? 0)),
    contested: cards(
      by(
        judged.filter((row) => contest(row) >= contestedFrom),
        weightOfContest,
      ),
    ),
    agreed: cards(
      by(
        judged.filter((row) => lowerBound(row) >= agreedFrom),
        lowerBound,
      ),
    ),
    unanswered: cards(by(waiting, ({ supports }) => supports)),
    bySite: sharesOf(open, (row) => siteOf(row, meeting, vias)),
    byRegion: sharesOf(open, (row) => regionOf(row, meeting, vias)),
    byCategory: sharesOf(open, ({ category }) => ({ key: category ?? '', name: category ? [category] : [] })),
    themes: talked.slice(0, themesShown).map(({ id, heat: warmth, series }) => {
      const inside = within(open, id)
      return {
        id,
        name: names.get(id) ?? '',
        size: inside.length,
        publicSize: inside.filter(isPublic).length,
        supports: sum(inside, ({ supports }) => supports),
        heat: warmth,
        series,
        best: cards(
          by(inside, ({ supports }) => supports),
          2,
        ),
      }
    }),
  }
}

/** The same for whoever has to vote first: what people say, but not what the others think of it. */
export function withoutResults(picture: Voice): Voice {
  const unjudged = (cards: readonly VoiceCard[]) => cards.map(({ agrees, disagrees, ...card }) => card)
  return {
    ...picture,
    results: false,
    contested: [],
    agreed: [],
    top: unjudged(picture.top),
    newest: unjudged(picture.newest),
    hot: unjudged(picture.hot),
    unanswered: unjudged(picture.unanswered),
    themes: picture.themes.map((theme) => ({ ...theme, best: unjudged(theme.best) })),
  }
}

const sum = (rows: readonly VoiceRow[], of: (row: VoiceRow) => number) => rows.reduce((total, row) => total + of(row), 0)

/** Highest first; of equals the newer one, as the rows come. */
const by = (rows: readonly VoiceRow[], of: (row: VoiceRow) => number) => rows.toSorted((one, other) => of(other) - of(one))

const contest = ({ agrees, disagrees }: VoiceRow) => Math.min(agrees, disagrees) / (agrees + disagrees)

/** How many voices there are, less the more they are on one side: `n · 4 p (1 − p)`. */
function weightOfContest({ agrees, disagrees }: VoiceRow): number {
  const all = agrees + disagrees
  return (4 * agrees * disagrees) / all
}

/** The lower end of Wilson's interval at 95 % for the share of those who agree: three of three is less sure than ninety of a hundred. */
export function lowerBound({ agrees, disagrees }: Pick<VoiceRow, 'agrees' | 'disagrees'>): number {
  const n = agrees + disagrees
  if (n === 0) return 0
  const z = 1.96
  const share = agrees / n
  return (share + z ** 2 / (2 * n) - z * Math.sqrt((share * (1 - share) + z ** 2 / (4 * n)) / n)) / (1 + z ** 2 / n)
}

function heatOf(minutes: readonly Minute[], endMs: number): Map<string, number> {
  const happenings = new Map<string, Happening[]>()
  for (const { id, at, posts, supports } of minutes) {
    const list = happenings.get(id) ?? []
    list.push({ atMs: at, weight: posts * heatWeights.post + supports * heatWeights.support })
    happenings.set(id, list)
  }
  return new Map([...happenings].map(([id, list]) => [id, heatAt(list, endMs)]))
}

function ratePerMinute(minutes: readonly Minute[], endMs: number): Voice['perMinute'] {
  const suggestions = new Array<number>(voiceMinutes).fill(0)
  const supports = new Array<number>(voiceMinutes).fill(0)
  for (const { at, posts, supports: given } of minutes) {
    const place = voiceMinutes - 1 - (Math.floor(endMs / 60_000) - Math.floor(at / 60_000))
    if (place < 0 || place >= voiceMinutes) continue
    suggestions[place]! += posts
    supports[place]! += given
  }
  return { suggestions, supports }
}

type Place = { key: string; name: string[] }

/** The site where its author sits, or else where the code hangs that was scanned; an empty key for those who came by the meeting's own link. */
function siteOf({ siteId, via }: VoiceRow, meeting: Facts['meeting'], vias: Facts['vias']): Place {
  const site = meeting.sites.find(({ id }) => id === siteId)
  if (site) return { key: site.id, name: [site.name] }
  const at = via ? vias.get(via) : undefined
  if (at) return { key: meeting.sites.find(({ name }) => name === at.name)?.id ?? via!, name: [at.name] }
  return { key: '', name: [] }
}

function regionOf({ siteId, via }: VoiceRow, meeting: Facts['meeting'], vias: Facts['vias']): Place {
  const code = meeting.sites.find(({ id }) => id === siteId)?.regionCode ?? (via ? vias.get(via)?.regionCode : undefined)
  const region = meeting.regions.find((one) => code?.startsWith(one.code))
  return region ? { key: region.code, name: region.path } : { key: '', name: [] }
}

/** The largest first, what belongs nowhere last. */
function sharesOf(rows: readonly VoiceRow[], of: (row: VoiceRow) => Place): VoiceShare[] {
  const shares = new Map<string, VoiceShare>()
  for (const row of rows) {
    const { key, name } = of(row)
    const share = shares.get(key) ?? { key, name, suggestions: 0, supports: 0 }
    shares.set(key, { ...share, suggestions: share.suggestions + 1, supports: share.supports + row.supports })
  }
  return [...shares.values()].sort(
    (one, other) =>
      Number(one.key === '') - Number(other.key === '') || other.suggestions - one.suggestions || (one.key < other.key ? -1 : 1),
  )
}
