import { groupLetter } from '../../shared/opinion-rules.ts'
import { markOf } from './marks.ts'

/** A group's letter in its own shape and colour. */
export function GroupMark({ groupId, dark = false }: { groupId: number; dark?: boolean }) {
  const { path, symbol, colour } = markOf(groupId, dark)
  return (
    <svg className="group-mark" viewBox="0 0 24 24" role="img" aria-label={groupLetter(groupId)}>
      <path d={path} fill={colour} />
      <text x="12" y={symbol === 'triangle' ? 20 : 17} textAnchor="middle" fill={dark ? '#0e1116' : '#ffffff'}>
        {groupLetter(groupId)}
      </text>
    </svg>
  )
}
