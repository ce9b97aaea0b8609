import { Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation, ConversationMessage } from '../../shared/conversations.ts'
import { conversationFilePath } from '../../shared/file-rules.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { SayForm } from './SayForm.tsx'
import { sizeOf } from './sizeOf.ts'
import { useConversations } from './useConversations.ts'
import './conversations.css'

/** What proposers and departments say to each other, for those who take part and for nobody else. */
export function ConversationSheet({ recommendation }: { recommendation: Recommendation }) {
  const { t } = useTranslation()
  const { data = [] } = useConversations(recommendation.id)
  const [chosen, setChosen] = useState<string>()
  const shown = data.find(({ assignmentId }) => assignmentId === chosen) ?? data[0]
  if (!shown) return null
  const nameOf = (id: string) => recommendation.assignments.find((one) => one.id === id)?.organizationName ?? ''
  const assignment = recommendation.assignments.find(({ id }) => id === shown.assignmentId)
  return (
    <Sheet title={t('conversations.title')} aside={data.length === 1 && nameOf(shown.assignmentId)}>
      <div className="stack">
        {data.length > 1 && (
          <Tabs
            aria-label={t('conversations.with')}
            activeKey={shown.assignmentId}
            onChange={setChosen}
            items={data.map(({ assignmentId, messages }) => ({
              key: assignmentId,
              label: `${nameOf(assignmentId)} ${messages.length || ''}`.trim(),
            }))}
          />
        )}
        <Messages conversation={shown} />
        {assignment && assignment.status !== 'returned' && (
          <SayForm key={assignment.id} assignment={assignment} recommendationId={recommendation.id} />
        )}
      </div>
    </Sheet>
  )
}

function Messages({ conversation: { messages } }: { conversation: Conversation }) {
  const { t } = useTranslation()
  if (messages.length === 0) return <p className="soft">{t('conversations.empty')}</p>
  return (
    <ol className="plain-list messages" aria-live="polite">
      {messages.map((message) => (
        <Message key={message.id} message={message} />
      ))}
    </ol>
  )
}

function Message({ message: { assignmentId, side, byName, stage, way, heldOn, text, files, at } }: { message: ConversationMessage }) {
  const { t } = useTranslation()
  return (
    <li className="message">
      <div className="row row-wide">
        <strong>{byName || t(`conversations.side.${side}`)}</strong>
        <span className="soft small">{t(`conversations.side.${side}`)}</span>
        <span className="soft small">{t(`conversations.stage.${stage}`)}</span>
        {heldOn && (
          <StateTag tone="steady">
            {t(`conversations.way.${way}`)} <When at={`${heldOn}T12:00:00+08:00`} part="day" />
          </StateTag>
        )}
      </div>
      <div className="pre">{text}</div>
      {files.length > 0 && (
        <ul className="plain-list message-files">
          {files.map(({ id, name, bytes }) => (
            <li key={id}>
              <a href={conversationFilePath(assignmentId, id)} download>
                {name}
              </a>{' '}
              <span className="soft small">{sizeOf(bytes)}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="soft small">
        <When at={at} />
      </div>
    </li>
  )
}
