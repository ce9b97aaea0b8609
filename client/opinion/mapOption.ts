import type { EChartsCoreOption } from 'echarts/core'
import type { MeetingOpinion } from '../../shared/opinion.ts'
import { groupLetter } from '../../shared/opinion-rules.ts'
import { frameOf, hullOf, type Point } from './geometry.ts'
import { markOf } from './marks.ts'

type Look = {
  width: number
  height: number
  dark: boolean
  /** Suggestions that are drawn, by their numbers; none where the map is read from afar. */
  numbers: ReadonlyMap<string, number>
  words: { people: (count: number) => string }
}

/** How large a mark is at most, in pixels; its area stands for the number of people. */
const largestMark = { light: 34, dark: 54 }
const smallestMark = { light: 8, dark: 14 }

/** People as marks by group within the outline of their group, and the suggestions that are spoken of as numbers. */
export function mapOption({ knots, groups, suggestions }: MeetingOpinion, look: Look): EChartsCoreOption {
  const { dark, words } = look
  const frame = frameOf(knots, look)
  const most = Math.max(1, ...knots.map(({ people }) => people))
  const tone = dark ? 'dark' : 'light'
  const sizeOf = (people: number) => Math.max(smallestMark[tone], Math.sqrt(people / most) * Math.min(largestMark[tone], look.height / 10))
  const ink = dark ? '#f2f5f8' : '#1d2733'
  const series = groups.flatMap(({ id }) => {
    const { colour, symbol } = markOf(id, dark)
    const members = knots.filter(({ groupId }) => groupId === id)
    return [
      outline(id, colour, hullOf(members), dark),
      {
        name: groupLetter(id),
        type: 'scatter',
        symbol,
        silent: dark,
        data: members.map(({ x, y, people }) => ({ value: [x, y, people], symbolSize: sizeOf(people) })),
        itemStyle: { color: colour, opacity: 0.85, borderColor: dark ? '#0e1116' : '#ffffff', borderWidth: 1 },
        z: 3,
      },
    ]
  })
  const line = { show: true, lineStyle: { color: dark ? '#39424d' : '#d5dbe1' } }
  const axis = ([min, max]: readonly [number, number]) => ({
    type: 'value',
    min,
    max,
    axisLine: { ...line, onZero: true },
    axisTick: { show: false },
    axisLabel: { show: false },
    splitLine: { show: false },
  })
  return {
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: axis(frame.x),
    yAxis: axis(frame.y),
    tooltip: { trigger: 'item', confine: true, formatter: (item: { seriesName: string; value: number[] }) => tip(item, words) },
    series: [...series, numbersOf(suggestions, look, frame, ink), lettersOf(groups, look, ink)],
  }
}

const tip = ({ seriesName, value }: { seriesName: string; value: number[] }, { people }: Look['words']) =>
  value[2] === undefined ? seriesName : `${seriesName} · ${people(value[2])}`

/** A soft edge around a group; of one or two points it is drawn as a thick stroke. */
function outline(id: number, colour: string, hull: Point[], dark: boolean) {
  const tint = mixed(colour, dark ? '#171c23' : '#ffffff', dark ? 0.24 : 0.14)
  return {
    name: groupLetter(id),
    type: 'custom',
    silent: true,
    z: 1,
    data: hull.slice(0, 1).map(({ x, y }) => [x, y]),
    renderItem: (_: unknown, api: { coord: (point: number[]) => number[] }) => ({
      type: 'polygon',
      shape: { points: hull.map(({ x, y }) => api.coord([x, y])), smooth: 0 },
      style: { fill: tint, stroke: tint, lineWidth: 26, lineJoin: 'round' },
    }),
  }
}

/** A colour laid thinly on another: opaque, so that fill and edge do not add up where they meet. */
function mixed(colour: string, ground: string, share: number): string {
  const parts = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  const below = parts(ground)
  return `rgb(${parts(colour)
    .map((part, at) => Math.round(part * share + below[at]! * (1 - share)))
    .join(',')})`
}

/** Suggestions stand in the direction of those who agree with them; how far is scaled to the picture. */
function numbersOf(suggestions: MeetingOpinion['suggestions'], { numbers }: Look, frame: ReturnType<typeof frameOf>, ink: string) {
  const shown = suggestions.filter(({ suggestionId }) => numbers.has(suggestionId))
  const reach = Math.max(
    1e-9,
    ...shown.map(({ x, y }) => Math.max(Math.abs(x) / (frame.x[1] - frame.x[0]), Math.abs(y) / (frame.y[1] - frame.y[0]))),
  )
  const scale = 0.44 / reach
  return {
    type: 'scatter',
    silent: true,
    symbolSize: 20,
    z: 4,
    data: shown.map(({ suggestionId, x, y }) => ({ value: [x * scale, y * scale], name: String(numbers.get(suggestionId)) })),
    itemStyle: { color: '#ffffff', borderColor: ink, borderWidth: 1.2 },
    label: { show: true, formatter: '{b}', color: ink, fontSize: 12 },
  }
}

function lettersOf(groups: MeetingOpinion['groups'], { dark, words, height }: Look, ink: string) {
  return {
    type: 'scatter',
    silent: true,
    symbolSize: 0.1,
    z: 5,
    data: groups.map(({ id, size, x, y }) => ({
      value: [x, y],
      name: dark ? groupLetter(id) : `${groupLetter(id)} · ${words.people(size)}`,
    })),
    label: {
      show: true,
      formatter: '{b}',
      color: ink,
      fontSize: dark ? Math.round(height / 8) : 17,
      fontWeight: 700,
      ...(dark
        ? { textBorderColor: '#0e1116', textBorderWidth: 8 }
        : { backgroundColor: 'rgba(255, 255, 255, 0.88)', borderRadius: 4, padding: [2, 6] }),
    },
  }
}
