import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { Topic } from '../../shared/topics.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { When } from '../ui/When.tsx'

const suggestionsShown = 3

/** One topic with the suggestions that speak for it, to take up or to dismiss. */
export function ProposedTopic({ topic }: { topic: Topic }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'accept' | 'dismiss' | null>(null)
  const shown = topic.suggestions.slice(0, suggestionsShown)
  const left = topic.suggestionCount - shown.length
  const meetings = new Map(topic.suggestions.map(({ meetingId, meetingTitle }) => [meetingId, meetingTitle]))
  return (
    <li className="topic-row">
      <div className="grow">
        <strong>{topic.title}</strong>
        <div className="soft small">
          {[regionName(topic.regionPath), t('topics.fromSuggestions', { count: topic.suggestionCount })].join(' · ')}
          {' · '}
          {t('topics.heat', { heat: topic.heat.toFixed(1) })}
          {' · '}
          <When at={topic.proposedAt} part="dayOfWeek" />
        </div>
        <ul className="topic-suggestions">
          {shown.map(({ id, text, supports }) => (
            <li key={id}>
              {text} <span className="soft small">{t('voice.supporters', { count: supports })}</span>
            </li>
          ))}
          {left > 0 && <li className="soft small">{t('topics.more', { count: left })}</li>}
        </ul>
        <p className="topic-meetings small">
          {[...meetings].map(([id, title]) => (
            <Link key={id} to={`/meetings/${id}/voice`}>
              {t('topics.ofMeeting', { title })}
            </Link>
          ))}
        </p>
      </div>
      <div className="row">
        <Button type="primary" onClick={() => setAsking('accept')}>
          {t('topics.accept')}
        </Button>
        <Button onClick={() => setAsking('dismiss')}>{t('topics.dismiss')}</Button>
      </div>
      {asking === 'accept' && <AcceptDialog topic={topic} onClose={() => setAsking(null)} />}
      {asking === 'dismiss' && <DismissDialog topic={topic} onClose={() => setAsking(null)} />}
    </li>
  )
}

type DialogProps = { topic: Topic; onClose: () => void }

function AcceptDialog({ topic, onClose }: DialogProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const accept = useCommand('topic:accept')
  const [title, setTitle] = useState(topic.title)
  const field = useId()
  async function finish(then: 'stay' | 'meet') {
    if (!(await accept.send({ topicId: topic.id, title })).ok) return
    if (then === 'meet') await navigate(`/meetings/new?topic=${topic.id}`)
    else onClose()
  }
  const disabled = title.trim() === ''
  return (
    <Modal
      open
      title={t('topics.accept')}
      onCancel={onClose}
      footer={
        <div className="row topic-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button disabled={disabled} loading={accept.pending} onClick={() => void finish('meet')}>
            {t('topics.acceptAndMeet')}
          </Button>
          <Button type="primary" disabled={disabled} loading={accept.pending} onClick={() => void finish('stay')}>
            {t('topics.accept')}
          </Button>
        </div>
      }
    >
      <label htmlFor={field}>{t('topics.title')}</label>
      <Input id={field} value={title} maxLength={80} showCount onChange={(event) => setTitle(event.target.value)} />
      <FailureNote failure={accept.failure} />
    </Modal>
  )
}

function DismissDialog({ topic, onClose }: DialogProps) {
  const { t } = useTranslation()
  const dismiss = useCommand('topic:dismiss')
  const [reason, setReason] = useState('')
  const field = useId()
  async function finish() {
    if (!(await dismiss.send({ topicId: topic.id, reason })).ok) return
    onClose()
  }
  return (
    <Modal
      open
      title={t('topics.dismissTitle')}
      okText={t('topics.dismiss')}
      cancelText={t('common.cancel')}
      okButtonProps={{ loading: dismiss.pending }}
      onOk={() => void finish()}
      onCancel={onClose}
    >
      <p>{t('topics.dismissText')}</p>
      <label htmlFor={field}>{t('topics.reason')}</label>
      <Input id={field} value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
      <FailureNote failure={dismiss.failure} />
    </Modal>
  )
}
