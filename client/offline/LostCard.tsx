import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { useCommand } from '../transport/useCommand.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { Wordings } from '../ui/Wordings.tsx'
import { DiscardDialog } from './DiscardDialog.tsx'
import type { LostPassage } from './lostPassages.ts'

type Props = { passage: LostPassage; meetingId: string; mayPropose: boolean; onPassed: () => void }

/** One passage that did not reach the minutes. */
export function LostCard({ passage, meetingId, mayPropose, onPassed }: Props) {
  const { t } = useTranslation()
  const { send, pending, failure } = useCommand('amendment:propose')
  const [id] = useState(() => v7())
  const [discarding, setDiscarding] = useState(false)
  const { change, parts, words, wish } = passage
  async function propose() {
    if (!wish) return
    const result = await send({ id, meetingId, ...wish, reason: t('minutes.kept.reason') })
    if (result.ok) onPassed()
  }
  return (
    <li>
      <StateTag tone={change === 'removed' ? 'late' : change === 'added' ? 'good' : 'next'}>
        {t(`signing.versions.change.${change}`)}
      </StateTag>
      <Wordings parts={parts} />
      <div className="row">
        {mayPropose && wish && (
          <Button type="primary" loading={pending} onClick={() => void propose()}>
            {t('minutes.kept.propose')}
          </Button>
        )}
        {words !== '' && <CopyButton text={words} label={t('minutes.kept.copy')} />}
        <Button onClick={() => setDiscarding(true)}>{t('minutes.kept.discard')}</Button>
      </div>
      {mayPropose && !wish && <p className="soft small">{t('minutes.kept.byHand')}</p>}
      <FailureNote failure={failure} />
      {discarding && <DiscardDialog onOk={onPassed} onClose={() => setDiscarding(false)} />}
    </li>
  )
}
