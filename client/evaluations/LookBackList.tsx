import { useTranslation } from 'react-i18next'
import type { LookBack } from '../../shared/look-backs.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'

const tones: Record<LookBack['finding'], Tone> = { kept: 'good', 'partly-kept': 'next', 'not-kept': 'warn' }

/** What was found on looking back, if anybody has. */
export function LookBackList({ assignmentId }: { assignmentId: string }) {
  const { data } = useQueryOf('look-backs-of', { assignmentId })
  return data && data.length > 0 ? <Findings lookBacks={data} /> : null
}

export function Findings({ lookBacks }: { lookBacks: readonly LookBack[] }) {
  const { t } = useTranslation()
  return lookBacks.map(({ id, stage, finding, words, at, byName }) => (
    <div key={id} className="evaluation-said">
      <div className="row row-wide">
        <strong>{t(`evaluations.follow.stage.${stage}`)}</strong>
        <StateTag tone={tones[finding]}>{t(`evaluations.follow.finding.${finding}`)}</StateTag>
        <span className="soft small">
          {byName} <When at={at} />
        </span>
      </div>
      <div className="pre">{words}</div>
    </div>
  ))
}
