import { Alert, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { defences, type GuardState } from '../../shared/guard.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { useCommand } from '../transport/useCommand.ts'
import { formatInstant } from '../ui/dates.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { StateTag } from '../ui/StateTag.tsx'

type Props = { guard: GuardState; onChange: (guard: GuardState) => void }

/** Whether phones have to work before they post, who decided so, and how many come. */
export function Defence({ guard, onChange }: Props) {
  const { t } = useTranslation()
  const defend = useCommand('guard:defend')
  const { meetingId, defence, working } = guard
  async function choose(next: GuardState['defence']) {
    const result = await defend.send({ meetingId, defence: next })
    if (result.ok) onChange(result.value)
  }
  return (
    <Sheet
      title={t('guard.defence')}
      aside={<StateTag tone={working ? 'warn' : 'good'}>{t(working ? 'guard.working' : 'guard.quiet')}</StateTag>}
    >
      <AttackNote guard={guard} />
      <dl className="guard-figures">
        <Figure
          word={t('guard.postsPerMinute')}
          value={t('guard.ofLimit', { count: guard.postsPerMinute, limit: guard.attackPostsPerMinute })}
        />
        <Figure word={t('guard.refusedPerMinute')} value={String(guard.refusedPerMinute)} />
      </dl>
      <Radio.Group
        vertical
        aria-label={t('guard.defence')}
        value={defence}
        disabled={defend.pending}
        onChange={(event) => void choose(event.target.value)}
        options={defences.map((value) => ({ value, label: t(`guard.defend.${value}`) }))}
      />
      <FailureNote failure={defend.failure} />
    </Sheet>
  )
}

/** Says so while a meeting is under attack; nothing otherwise. */
export function AttackNote({ guard: { attackSince } }: { guard: GuardState }) {
  const { t } = useTranslation()
  const { language } = useLanguage()
  if (!attackSince) return null
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={t('guard.underAttack', { time: formatInstant(attackSince, language, 'clock') })}
      style={{ marginBottom: 16 }}
    />
  )
}

function Figure({ word, value }: { word: string; value: string }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{value}</dd>
    </div>
  )
}
