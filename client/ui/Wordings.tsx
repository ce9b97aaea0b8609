import type { Wording } from '../../shared/wording.ts'

/** What became of a text: what went is struck through, what came is underlined, so that colour does not speak alone. */
export function Wordings({ parts }: { parts: readonly Wording[] }) {
  return (
    <p className="wordings" lang="zh-CN">
      {parts.map(({ op, text }, place) => {
        // The parts of one comparison never change places.
        const key = place
        if (op === 'removed') return <del key={key}>{text}</del>
        return op === 'added' ? <ins key={key}>{text}</ins> : <span key={key}>{text}</span>
      })}
    </p>
  )
}
