/** @jsxImportSource preact */
import type { CommonGround } from '../../../shared/opinion.ts'
import { groupLetter } from '../../../shared/opinion-rules.ts'
import { usePhone } from '../preferences.tsx'

const [width, height, margin] = [320, 220, 24]
// Told apart by their letters first.
const colours = ['#0b5c7d', '#c05a00', '#5b3fa0', '#00735c', '#a3195b']

/** People as circles with the letter of their group on its largest one, and where I stand. */
export function SmallMap({ ground: { knots, groups, placed, mine } }: { ground: CommonGround }) {
  const { t } = usePhone()
  const all = mine ? [...knots, mine] : knots
  const [left, right] = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map(({ x }) => x))]
  const [bottom, top] = [Math.min(...all.map(({ y }) => y)), Math.max(...all.map(({ y }) => y))]
  const scale = Math.min((width - 2 * margin) / (right - left || 1), (height - 2 * margin) / (top - bottom || 1))
  const place = ({ x, y }: { x: number; y: number }) => [
    width / 2 + (x - (left + right) / 2) * scale,
    height / 2 - (y - (bottom + top) / 2) * scale,
  ]
  const most = Math.max(...knots.map(({ people }) => people))
  const colour = (id: number) => colours[id % colours.length]!
  return (
    <svg class="ground-map" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('opinion.map', { placed, count: groups.length })}>
      {knots.map((knot) => {
        const [x, y] = place(knot)
        return (
          <circle
            key={`${knot.x} ${knot.y}`}
            cx={x}
            cy={y}
            r={4 + 9 * Math.sqrt(knot.people / most)}
            fill={colour(knot.groupId)}
            opacity="0.55"
          />
        )
      })}
      {groups.map(({ id }) => {
        const members = knots.filter(({ groupId }) => groupId === id)
        const people = members.reduce((sum, knot) => sum + knot.people, 0)
        const middle = members.reduce(
          (sum, knot) => ({ x: sum.x + (knot.x * knot.people) / people, y: sum.y + (knot.y * knot.people) / people }),
          {
            x: 0,
            y: 0,
          },
        )
        const [x, y] = place(middle)
        return (
          <text key={id} x={x} y={y} class="ground-letter" fill={colour(id)}>
            {groupLetter(id)}
          </text>
        )
      })}
      {mine && (
        <g transform={`translate(${place(mine).join(' ')})`}>
          <circle r="7" fill="#fff" stroke="#1d2733" stroke-width="3" />
          <text y="-12" class="ground-me">
            {t('opinion.me')}
          </text>
        </g>
      )}
    </svg>
  )
}
