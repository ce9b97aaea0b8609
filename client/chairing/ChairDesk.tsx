import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFacts } from '../media/RoomContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { When } from '../ui/When.tsx'
import { useChairingHere } from './ChairingContext.tsx'

/** What lies before the chair's side: who waits, what was written to it, who is barred. */
export function ChairDesk() {
  const { t } = useTranslation()
  const { meeting } = useFacts()
  const { desk, learnDesk } = useChairingHere()
  const admit = useCommand('lobby:admit')
  const refuse = useCommand('lobby:refuse')
  const done = useCommand('call:done')
  const unbar = useCommand('room:unbar')
  if (!desk) return null
  const meetingId = meeting.id
  const known = (answer: ReturnType<typeof admit.send>) => void answer.then((result) => result.ok && learnDesk(result.value))
  const open = desk.calls.filter(({ doneAt }) => !doneAt)
  const waiting = desk.lobby.filter(({ status }) => status === 'waiting')
  const empty = desk.lobby.length + open.length + desk.bars.length === 0
  return (
    <section className="desk stack" aria-label={t('chairing.desk.title')}>
      {empty && <p className="soft small">{t('chairing.desk.nothing')}</p>}
      <FailureNote failure={admit.failure ?? refuse.failure ?? done.failure ?? unbar.failure} />
      <Part title={t('chairing.desk.lobby', { count: waiting.length })} shown={desk.lobby.length > 0}>
        {desk.lobby.map(({ accountId, name, siteName, status }) => (
          <Line
            key={accountId}
            name={name}
            under={[siteName, status === 'refused' && t('chairing.desk.refused')].filter(Boolean).join(' · ')}
          >
            {status === 'waiting' && (
              <Button
                loading={refuse.pending}
                aria-label={t('chairing.desk.refuseOf', { name })}
                onClick={() => known(refuse.send({ meetingId, accountId }))}
              >
                {t('chairing.desk.refuse')}
              </Button>
            )}
            <Button
              type="primary"
              loading={admit.pending}
              aria-label={t('chairing.desk.admitOf', { name })}
              onClick={() => known(admit.send({ meetingId, accountId }))}
            >
              {t('chairing.desk.admit')}
            </Button>
          </Line>
        ))}
      </Part>
      <Part title={t('chairing.desk.calls', { count: open.length })} shown={open.length > 0}>
        {open.map(({ id, name, siteName, kind, text, at }) => (
          <Line
            key={id}
            name={name}
            under={
              <>
                {[t(`chairing.desk.${kind}`), siteName].filter(Boolean).join(' · ')} · <When at={at} part="clock" />
              </>
            }
            text={text}
          >
            <Button
              loading={done.pending}
              aria-label={t('chairing.desk.doneOf', { name })}
              onClick={() => known(done.send({ callId: id }))}
            >
              {t('chairing.desk.done')}
            </Button>
          </Line>
        ))}
      </Part>
      <Part title={t('chairing.desk.bars', { count: desk.bars.length })} shown={desk.bars.length > 0}>
        {desk.bars.map(({ accountId, name, at }) => (
          <Line key={accountId} name={name} under={<When at={at} part="clock" />}>
            <Button
              loading={unbar.pending}
              aria-label={t('chairing.desk.unbarOf', { name })}
              onClick={() => known(unbar.send({ meetingId, accountId }))}
            >
              {t('chairing.desk.unbar')}
            </Button>
          </Line>
        ))}
      </Part>
    </section>
  )
}

const Part = ({ title, shown, children }: { title: string; shown: boolean; children: ReactNode }) =>
  shown && (
    <section>
      <h2 className="panel-title">{title}</h2>
      <ul className="plain-list">{children}</ul>
    </section>
  )

function Line({ name, under, text, children }: { name: string; under: ReactNode; text?: string; children: ReactNode }) {
  return (
    <li className="person">
      <div className="grow">
        <b>{name}</b>
        <div className="soft small">{under}</div>
        {text && <p className="desk-text">{text}</p>}
      </div>
      {children}
    </li>
  )
}
