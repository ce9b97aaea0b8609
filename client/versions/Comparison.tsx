import { Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { BlockComparison, MinutesVersion } from '../../shared/minutes-versions.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { Wordings } from '../ui/Wordings.tsx'
import { useVersionName } from './useVersionName.ts'

export type Compared = { from: string; to: string }
type Props = { meetingId: string; versions: readonly MinutesVersion[]; compared: Compared | null; onCompare: (compared: Compared) => void }

/** Any two versions side by side in one text: what went and what came. */
export function Comparison({ meetingId, versions, compared, onCompare }: Props) {
  const { t } = useTranslation()
  const [from, to] = [useId(), useId()]
  const nameOf = useVersionName()
  const options = [
    { value: 'now', label: t('signing.versions.now') },
    ...versions.map((version) => ({ value: version.id, label: `${nameOf(version)}（${t(`signing.versions.kind.${version.kind}`)}）` })),
  ]
  const now = compared ?? { from: versions[0]!.id, to: 'now' }
  return (
    <section aria-label={t('signing.versions.compare')} className="versions-compare">
      <div className="row">
        <label htmlFor={from}>{t('signing.versions.from')}</label>
        <Select id={from} value={now.from} options={options} onChange={(value) => onCompare({ ...now, from: value })} />
        <label htmlFor={to}>{t('signing.versions.to')}</label>
        <Select id={to} value={now.to} options={options} onChange={(value) => onCompare({ ...now, to: value })} />
      </div>
      {compared && <Compared meetingId={meetingId} compared={compared} />}
    </section>
  )
}

function Compared({ meetingId, compared }: { meetingId: string; compared: Compared }) {
  const { t } = useTranslation()
  const comparison = useQueryOf('minutes-comparison', { meetingId, ...compared })
  return (
    <Loaded of={comparison} skeleton={<ListSkeleton />}>
      {(blocks) => {
        const changed = blocks.filter(({ change }) => change !== 'same')
        if (changed.length === 0) return <p role="status">{t('signing.versions.same')}</p>
        return (
          <>
            <ol className="versions-changes">
              {changed.map((block, place) => (
                // A passage is told once, and those without an id keep their place.
                <Change key={block.blockId ?? place} block={block} />
              ))}
            </ol>
            <p className="soft small">{t('signing.versions.unchanged', { count: blocks.length - changed.length })}</p>
          </>
        )
      }}
    </Loaded>
  )
}

const tones: Record<BlockComparison['change'], Tone> = {
  same: 'plain',
  added: 'good',
  removed: 'late',
  changed: 'next',
  format: 'plain',
  moved: 'plain',
}

function Change({ block }: { block: BlockComparison }) {
  const { t } = useTranslation()
  return (
    <li>
      <StateTag tone={tones[block.change]}>{t(`signing.versions.change.${block.change}`)}</StateTag>
      <Wordings parts={block.parts} />
    </li>
  )
}
