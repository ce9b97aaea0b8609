import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { type MinutesMove, type MinutesStage, type MinutesState, mayMove, minutesMoves } from '../../shared/minutes-stages.ts'
import { useCommand } from '../transport/useCommand.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { SettleDialog } from './SettleDialog.tsx'

type Props = { meeting: Meeting; stage: MinutesStage; learn: (state: MinutesState) => void }

const order = Object.keys(minutesMoves) as MinutesMove[]

/** Where the staff may lead the minutes from here. */
export function MoveButtons({ meeting, stage, learn }: Props) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<MinutesMove | null>(null)
  if (stage === 'live' && meeting.status !== 'ended') return <p className="soft small">{t('signing.afterMeeting')}</p>
  return (
    <div className="row">
      {order
        .filter((move) => mayMove(move, stage))
        .map((move) => (
          <Button key={move} type={isForward(move, stage) ? 'primary' : 'default'} onClick={() => setAsked(move)}>
            {t(`signing.move.${wordsOf(move, stage)}.press`)}
          </Button>
        ))}
      {asked === 'to-amending' && <SettleDialog meetingId={meeting.id} learn={learn} onClose={() => setAsked(null)} />}
      {asked && asked !== 'to-amending' && (
        <MoveDialog meetingId={meeting.id} move={asked} stage={stage} learn={learn} onClose={() => setAsked(null)} />
      )}
    </div>
  )
}

type DialogProps = {
  meetingId: string
  move: Exclude<MinutesMove, 'to-amending'>
  stage: MinutesStage
  learn: Props['learn']
  onClose: () => void
}

function MoveDialog({ meetingId, move, stage, learn, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { send, pending, failure } = useCommand(`minutes:${move}`)
  const words = `signing.move.${wordsOf(move, stage)}` as const
  async function go() {
    const result = await send({ meetingId })
    if (!result.ok) return
    learn(result.value)
    onClose()
  }
  return (
    <ConfirmDialog
      title={t(`${words}.title`)}
      text={t(`${words}.text`)}
      okText={t(`${words}.press`)}
      pending={pending}
      failure={failure}
      onOk={() => void go()}
      onClose={onClose}
    />
  )
}

const isForward = (move: MinutesMove, stage: MinutesStage) => move === 'to-amending' || (move === 'to-draft' && stage === 'live')
/** A draft is reached from both sides, and that is not the same step. */
const wordsOf = (move: MinutesMove, stage: MinutesStage) => (move === 'to-draft' && stage === 'amending' ? 'back' : move)
