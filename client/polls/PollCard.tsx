import { FileTextOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import type { PollView } from '../../shared/polls.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useFacts } from '../media/RoomContext.tsx'
import { cite } from '../room/cite.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { PollBars } from './PollBars.tsx'
import { usePolls } from './usePolls.ts'
import { usePollWords } from './usePollWords.ts'

type Learn = (poll: PollView) => void

/** What the chair asks everybody; then how they answered, until it is put away. */
export function PollCard() {
  const { t } = useTranslation()
  const { meeting } = useFacts()
  const { polls, learn } = usePolls(meeting.id)
  const [away, setAway] = useState<string | null>(null)
  const running = polls.find(({ closedAt }) => !closedAt)
  const seen = useRef(new Set<string>())
  useEffect(() => {
    if (running) seen.current.add(running.id)
  }, [running])
  const last = polls[0]
  const ended = !running && last && last.id !== away && seen.current.has(last.id) ? last : undefined
  return (
    <>
      {running && <Running key={running.id} poll={running} onLearn={learn} />}
      {ended && <Ended poll={ended} onAway={() => setAway(ended.id)} />}
      <div role="status" className="visually-hidden">
        {running && t('polls.announce', { question: running.question })}
        {ended && t('polls.announceResult', { question: ended.question })}
      </div>
    </>
  )
}

function Running({ poll, onLearn }: { poll: PollView; onLearn: Learn }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { meeting } = useFacts()
  const { summaryOf } = usePollWords()
  const [picked, setPicked] = useState<number[]>(poll.mine ?? [])
  const answer = useCommand('poll:answer')
  const close = useCommand('poll:close')
  const several = poll.kind === 'multiple'

  async function send(choices: number[]) {
    const result = await answer.send({ id: v7(), pollId: poll.id, choices })
    if (result.ok) onLearn(result.value)
  }
  function choose(choice: number) {
    if (!several) return void send([choice])
    setPicked((before) => (before.includes(choice) ? before.filter((one) => one !== choice) : [...before, choice].sort()))
  }
  async function end() {
    const result = await close.send({ pollId: poll.id })
    if (result.ok) onLearn(result.value)
  }
  const unsent = several && picked.length > 0 && picked.join() !== (poll.mine ?? []).join()
  return (
    <section className="card-in-room" aria-label={t('polls.title')}>
      <p className="soft small">{[t('polls.title'), ...(several ? [t('polls.several')] : [])].join(' · ')}</p>
      <h2>{poll.question}</h2>
      <PollBars poll={poll} chosen={several ? picked : poll.mine} onChoose={choose} disabled={answer.pending} />
      <FailureNote failure={answer.failure ?? close.failure} />
      <p className="soft small">{poll.mine ? t('polls.changeable') : !poll.counts && t(`polls.hidden.${poll.results}`)}</p>
      <div className="row card-actions">
        <span className="soft grow">{summaryOf(poll)}</span>
        {several && (
          <Button type="primary" disabled={!unsent} loading={answer.pending} onClick={() => void send(picked)}>
            {t('polls.answer')}
          </Button>
        )}
        {can(actor, 'room:chair', subjectOfMeeting(meeting)) && (
          <Button loading={close.pending} onClick={() => void end()}>
            {t('polls.close')}
          </Button>
        )}
      </div>
    </section>
  )
}

function Ended({ poll, onAway }: { poll: PollView; onAway: () => void }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { meeting } = useFacts()
  return (
    <section className="card-in-room" aria-label={t('polls.closed')}>
      <PollResult poll={poll} />
      <div className="row card-actions">
        {can(actor, 'minutes:edit', subjectOfMeeting(meeting)) && (
          <Button icon={<FileTextOutlined aria-hidden />} onClick={() => cite({ kind: 'poll', id: poll.id })}>
            {t('polls.cite')}
          </Button>
        )}
        <Button onClick={onAway}>{t('common.close')}</Button>
      </div>
    </section>
  )
}

/** A closed poll with its numbers. */
export function PollResult({ poll }: { poll: PollView }) {
  const { summaryOf } = usePollWords()
  return (
    <div className="vote-result">
      <h2>{poll.question}</h2>
      <PollBars poll={poll} chosen={poll.mine} />
      <p className="soft small">{summaryOf(poll)}</p>
    </div>
  )
}
