import type { Editor } from '@tiptap/core'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Amendment } from '../../shared/amendments.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import type { MinutesStage } from '../../shared/minutes-stages.ts'
import { can } from '../../shared/policy.ts'
import { compareWords } from '../../shared/wording.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { Wordings } from '../ui/Wordings.tsx'
import { showPassage } from './passages.ts'
import { RefuseDialog } from './RefuseDialog.tsx'

type Learn = (amendment: Amendment) => void
type Props = { amendment: Amendment; editor: Editor; meeting: Meeting; stage: MinutesStage; learn: Learn }

const tones: Record<Amendment['status'], Tone> = { open: 'next', accepted: 'good', refused: 'warn', withdrawn: 'plain' }

/** One proposed change: who, what word by word, why; and for whoever may decide, what to do with it. */
export function AmendmentCard({ amendment, editor, meeting, stage, learn }: Props) {
  const { t } = useTranslation()
  const [gone, setGone] = useState(false)
  const { kind, blockId, before, proposed, reason, authorName, createdAt, status, decidedByName, decisionReason } = amendment
  return (
    <article
      className="amendment"
      aria-label={t('signing.amendments.announced', { name: authorName, status: t(`signing.amendments.status.${status}`) })}
    >
      <p className="amendment-who">
        <strong>{authorName}</strong> <span className="soft">{t(`signing.amendments.kindOf.${kind}`)}</span>{' '}
        <StateTag tone={tones[status]}>{t(`signing.amendments.status.${status}`)}</StateTag>
      </p>
      <Wordings parts={compareWords(before, proposed)} />
      <p>{t('signing.amendments.because', { reason })}</p>
      <p className="soft small">
        <When at={createdAt} />
        {decidedByName !== null && ` · ${t('signing.amendments.by', { name: decidedByName })}`}
      </p>
      {decisionReason !== '' && <p className="amendment-answer">{t('signing.amendments.because', { reason: decisionReason })}</p>}
      {gone && <p className="soft small">{t('signing.amendments.gone')}</p>}
      <div className="row">
        {blockId !== null && (
          <Button size="small" onClick={() => setGone(!showPassage(editor, blockId))}>
            {t('signing.amendments.show')}
          </Button>
        )}
        {status === 'open' && <Decisions amendment={amendment} meeting={meeting} stage={stage} learn={learn} />}
      </div>
    </article>
  )
}

function Decisions({ amendment, meeting, stage, learn }: Omit<Props, 'editor'>) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [refusing, setRefusing] = useState(false)
  const accept = useCommand('amendment:accept')
  const withdraw = useCommand('amendment:withdraw')
  const amendmentId = amendment.id
  if (amendment.authorId === actor.accountId) {
    return (
      <>
        <Button
          size="small"
          loading={withdraw.pending}
          onClick={() => void withdraw.send({ amendmentId }).then((result) => result.ok && learn(result.value))}
        >
          {t('signing.amendments.withdraw')}
        </Button>
        <FailureNote failure={withdraw.failure} />
      </>
    )
  }
  if (!can(actor, 'minutes:edit', subjectOfMeeting(meeting))) return null
  return (
    <>
      {stage === 'amending' && (
        <Button
          size="small"
          type="primary"
          loading={accept.pending}
          onClick={() => void accept.send({ amendmentId }).then((result) => result.ok && learn(result.value))}
        >
          {t('signing.amendments.accept')}
        </Button>
      )}
      <Button size="small" onClick={() => setRefusing(true)}>
        {t('signing.amendments.refuse')}
      </Button>
      <FailureNote failure={accept.failure} />
      {refusing && <RefuseDialog amendmentId={amendmentId} learn={learn} onClose={() => setRefusing(false)} />}
    </>
  )
}
