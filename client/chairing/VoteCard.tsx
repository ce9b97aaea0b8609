import { CheckOutlined, CloseOutlined, FileTextOutlined, MinusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { type Choice, choices, type Vote } from '../../shared/votes.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useFacts } from '../media/RoomContext.tsx'
import { cite } from '../room/cite.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { useChairingHere } from './ChairingContext.tsx'
import { useRuleText, VoteResult } from './VoteResult.tsx'

const icons: Record<Choice, ReactNode> = {
  yes: <CheckOutlined aria-hidden />,
  no: <CloseOutlined aria-hidden />,
  abstain: <MinusOutlined aria-hidden />,
}

/** The vote that runs, with a big button for each choice; then its result, until it is put away. */
export function VoteCard() {
  const { t } = useTranslation()
  const { votes } = useChairingHere()
  const [away, setAway] = useState<string | null>(null)
  const running = votes.find(({ closedAt }) => !closedAt)
  const seen = useRef(new Set<string>())
  useEffect(() => {
    if (running) seen.current.add(running.id)
  }, [running])
  const last = votes[0]
  const ended = !running && last && last.id !== away && seen.current.has(last.id) ? last : undefined
  return (
    <>
      {running && <Ballot vote={running} />}
      {ended && <Ended vote={ended} onAway={() => setAway(ended.id)} />}
      <div role="status" className="visually-hidden">
        {running && t('chairing.vote.announce', { question: running.question })}
        {ended?.result &&
          t('chairing.vote.announceResult', { question: ended.question, outcome: t(`chairing.vote.outcome.${ended.result.outcome}`) })}
      </div>
    </>
  )
}

function Ballot({ vote }: { vote: Vote }) {
  const { t } = useTranslation()
  const { participants, selfId } = useFacts()
  const { mayChair, presentVoters, learnVote } = useChairingHere()
  const ruleText = useRuleText()
  const cast = useCommand('vote:cast')
  const close = useCommand('vote:close')
  const voted = vote.voterIds.includes(selfId)

  async function choose(choice: Choice) {
    const result = await cast.send({ voteId: vote.id, choice })
    if (result.ok) learnVote(result.value)
  }
  async function end() {
    const result = await close.send({ voteId: vote.id })
    if (result.ok) learnVote(result.value)
  }
  return (
    <section className="card-in-room" aria-label={t('chairing.vote.title')}>
      <p className="soft small">{[t(vote.secret ? 'chairing.vote.secret' : 'chairing.vote.open'), ruleText(vote)].join(' · ')}</p>
      <h2>{vote.question}</h2>
      {participants.get(selfId)?.voter &&
        (voted ? (
          <p className="card-done">
            <CheckOutlined aria-hidden /> {t('chairing.vote.voted')}
          </p>
        ) : (
          <div className="vote-choices">
            {choices.map((choice) => (
              <Button
                key={choice}
                className={`vote-${choice}`}
                icon={icons[choice]}
                disabled={cast.pending}
                onClick={() => void choose(choice)}
              >
                {t(`chairing.vote.choice.${choice}`)}
              </Button>
            ))}
          </div>
        ))}
      <FailureNote failure={cast.failure ?? close.failure} />
      <div className="row">
        <span className="soft grow">{t('chairing.vote.count', { count: vote.voterIds.length, present: presentVoters })}</span>
        {mayChair && (
          <Button type="primary" loading={close.pending} onClick={() => void end()}>
            {t('chairing.vote.close')}
          </Button>
        )}
      </div>
    </section>
  )
}

function Ended({ vote, onAway }: { vote: Vote; onAway: () => void }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { meeting } = useFacts()
  const mayWrite = can(actor, 'minutes:edit', subjectOfMeeting(meeting))
  return (
    <section className="card-in-room card-past" aria-label={t('chairing.vote.past')}>
      <VoteResult vote={vote} />
      <div className="row card-actions">
        {mayWrite && (
          <Button icon={<FileTextOutlined aria-hidden />} onClick={() => cite({ kind: 'vote', id: vote.id })}>
            {t('chairing.vote.cite')}
          </Button>
        )}
        <Button onClick={onAway}>{t('common.close')}</Button>
      </div>
    </section>
  )
}
