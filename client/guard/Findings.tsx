import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Finding, findingKinds, type GuardState } from '../../shared/guard.ts'
import { useCommand } from '../transport/useCommand.ts'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { Compared } from './Compared.tsx'

type Props = { guard: GuardState; onChange: (guard: GuardState) => void }

const tones: Record<Finding['state'], Tone> = { suspected: 'next', 'set-aside': 'warn', restored: 'good' }
/** So many of one kind are looked through at once; the rest is decided together with them. */
const shown = 8

/** Votes that look as if they were not several people's own: how many, why, and what is done about them. */
export function Findings({ guard, onChange }: Props) {
  const { t } = useTranslation()
  const { findings } = guard
  return (
    <Sheet title={t('guard.findings')} aside={t('guard.findingCount', { count: findings.length })}>
      <p className="soft guard-intro">{t('guard.findingsText')}</p>
      {findings.length === 0 && <Empty>{t('guard.noFindings')}</Empty>}
      {findingKinds.map((kind) => (
        <OfKind key={kind} kind={kind} guard={guard} onChange={onChange} />
      ))}
      {findings.some(({ state }) => state === 'set-aside') && <Compared guard={guard} />}
    </Sheet>
  )
}

function OfKind({ kind, guard, onChange }: Props & { kind: Finding['kind'] }) {
  const { t } = useTranslation()
  const setAside = useCommand('guard:set-aside')
  const restore = useCommand('guard:restore')
  const list = guard.findings.filter((finding) => finding.kind === kind)
  if (list.length === 0) return null
  const { meetingId } = guard
  async function decide(command: typeof setAside | typeof restore, findings: readonly Finding[]) {
    const result = await command.send({ meetingId, findingIds: findings.map(({ id }) => id) })
    if (result.ok) onChange(result.value)
  }
  const pending = setAside.pending || restore.pending
  const counted = list.filter(({ state }) => state !== 'set-aside')
  return (
    <section className="guard-finding" aria-label={t(`guard.kind.${kind}`)}>
      <div className="row">
        <h3 className="section-title">{t(`guard.kind.${kind}`)}</h3>
        {counted.length > 1 && (
          <Button size="small" loading={pending} onClick={() => void decide(setAside, counted.slice(0, 500))}>
            {t('guard.setAsideAll', { count: counted.length })}
          </Button>
        )}
      </div>
      <p className="soft small">{t(`guard.why.${kind}`)}</p>
      <ul className="plain-list stack-tight">
        {list.slice(0, shown).map((finding) => (
          <li key={finding.id} className="row">
            <StateTag tone={tones[finding.state]}>{t(`guard.state.${finding.state}`)}</StateTag>
            <span>{t(`guard.evidence.${kind}`, { people: finding.people, votes: finding.votes, ...secondsOf(finding.evidence) })}</span>
            <DecidedBy finding={finding} />
            {(finding.state !== 'set-aside' || !finding.decidedAt) && (
              <Button size="small" loading={pending} onClick={() => void decide(setAside, [finding])}>
                {t(finding.state === 'set-aside' ? 'guard.confirm' : 'guard.setAside')}
              </Button>
            )}
            {finding.state === 'set-aside' && (
              <Button size="small" loading={pending} onClick={() => void decide(restore, [finding])}>
                {t('guard.restore')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {list.length > shown && <p className="soft small">{t('guard.more', { count: list.length - shown })}</p>}
      <FailureNote failure={setAside.failure ?? restore.failure} />
    </section>
  )
}

const secondsOf = ({ medianMs = 0, ...evidence }: Finding['evidence']) => ({ ...evidence, seconds: (medianMs / 1_000).toFixed(2) })

function DecidedBy({ finding: { automatic, decidedAt, decidedByName } }: { finding: Finding }) {
  const { t } = useTranslation()
  if (!decidedAt) return automatic ? <span className="soft small">{t('guard.byRule')}</span> : null
  return (
    <span className="soft small">
      {t('guard.decidedBy', { name: decidedByName ?? '' })} <When at={decidedAt} part="clock" />
    </span>
  )
}
