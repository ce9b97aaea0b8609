import { CheckOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RollCall } from '../../shared/chairing.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { useChairingHere } from './ChairingContext.tsx'

/** The roll call that runs, to answer with one press; then who answered, until it is put away. */
export function RollCallCard() {
  const { t } = useTranslation()
  const { rollCalls } = useChairingHere()
  const [away, setAway] = useState<string | null>(null)
  const seen = useRef(new Set<string>())
  const running = rollCalls.find(({ endedAt }) => !endedAt)
  useEffect(() => {
    if (running) seen.current.add(running.id)
  }, [running])
  const last = rollCalls[0]
  const ended = !running && last && last.id !== away && seen.current.has(last.id) ? last : undefined
  return (
    <>
      {running && <Calling rollCall={running} />}
      {ended && (
        <section className="card-in-room card-past" aria-label={t('chairing.rollCall.title')}>
          <RollCallResult rollCall={ended} />
          <div className="row card-actions">
            <Button onClick={() => setAway(ended.id)}>{t('common.close')}</Button>
          </div>
        </section>
      )}
      <div role="status" className="visually-hidden">
        {running && t('chairing.rollCall.title')}
        {ended && t('chairing.rollCall.over', numbersOf(ended))}
      </div>
    </>
  )
}

function Calling({ rollCall }: { rollCall: RollCall }) {
  const { t } = useTranslation()
  const { participants, selfId } = useFacts()
  const { mayChair, learnRollCall } = useChairingHere()
  const answer = useCommand('roll-call:answer')
  const end = useCommand('roll-call:end')
  const answered = rollCall.names.some(({ participantId, answeredAt }) => participantId === selfId && answeredAt)

  async function send(command: typeof answer | typeof end) {
    const result = await command.send({ rollCallId: rollCall.id })
    if (result.ok) learnRollCall(result.value)
  }
  return (
    <section className="card-in-room" aria-label={t('chairing.rollCall.title')}>
      <h2>{t('chairing.rollCall.title')}</h2>
      {participants.get(selfId)?.voter &&
        (answered ? (
          <p className="card-done">
            <CheckOutlined aria-hidden /> {t('chairing.rollCall.answered')}
          </p>
        ) : (
          <div className="vote-choices">
            <Button className="vote-yes" loading={answer.pending} onClick={() => void send(answer)}>
              {t('chairing.rollCall.here')}
            </Button>
          </div>
        ))}
      <FailureNote failure={answer.failure ?? end.failure} />
      <div className="row">
        <span className="soft grow">{t('chairing.rollCall.count', numbersOf(rollCall))}</span>
        {mayChair && (
          <Button type="primary" loading={end.pending} onClick={() => void send(end)}>
            {t('chairing.rollCall.end')}
          </Button>
        )}
      </div>
    </section>
  )
}

/** How many answered, and who did not. */
export function RollCallResult({ rollCall }: { rollCall: RollCall }) {
  const { t } = useTranslation()
  const missing = rollCall.names.filter(({ answeredAt }) => !answeredAt).map(({ name }) => name)
  return (
    <>
      <p>{t('chairing.rollCall.over', numbersOf(rollCall))}</p>
      {missing.length > 0 && <p className="soft small">{t('chairing.rollCall.missing', { names: missing.join('、') })}</p>}
    </>
  )
}

const numbersOf = ({ names }: RollCall) => ({ count: names.length, here: names.filter(({ answeredAt }) => answeredAt).length })
