import { EllipsisOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpen, type Suggestion } from '../../shared/suggestions.ts'
import { cite } from '../room/cite.ts'
import { ShowButton } from '../stage/ShowButton.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { AnswerDialog, HideDialog } from './TextDialogs.tsx'
import { UnmergeButton } from './UnmergeButton.tsx'
import type { Suggestions } from './useSuggestions.ts'

type Props = { suggestion: Suggestion; suggestions: Suggestions; mayModerate: boolean; mayCite: boolean }
type Asking = 'answer' | 'merge' | 'hide' | null

/** What may be done with one suggestion, by whoever looks at it. */
export function SuggestionActions({ suggestion, suggestions, mayModerate, mayCite }: Props) {
  const { t } = useTranslation()
  const publish = useCommand('suggestion:publish')
  const [asking, setAsking] = useState<Asking>(null)
  const pin = useCommand('suggestion:pin')
  const { id, status, pinned } = suggestion
  const moderating = mayModerate && isOpen(suggestion)
  const citing = mayCite && status !== 'hidden'
  const undoing = mayModerate && status === 'merged'
  if (!moderating && !citing && !undoing) return null

  async function publishIt() {
    const result = await publish.send({ suggestionId: id })
    if (result.ok) suggestions.put(result.value)
  }
  async function pinIt() {
    const result = await pin.send({ suggestionId: id, pinned: !pinned })
    if (result.ok) suggestions.put(result.value)
  }
  const dialog = { suggestion, onDone: suggestions.put, onClose: () => setAsking(null) }
  return (
    <div className="suggestion-actions">
      {moderating && status === 'pending' && (
        <Button size="small" type="primary" loading={publish.pending} onClick={() => void publishIt()}>
          {t('suggestions.publish')}
        </Button>
      )}
      {moderating && (
        <Button size="small" onClick={() => setAsking('answer')}>
          {t('suggestions.answer')}
        </Button>
      )}
      {moderating && status !== 'pending' && <ShowButton meetingId={suggestion.meetingId} suggestionId={id} />}
      {undoing && <UnmergeButton suggestionId={id} onDone={suggestions.put} />}
      {citing && (
        <Button size="small" onClick={() => cite({ kind: 'suggestion', id })}>
          {t('suggestions.cite')}
        </Button>
      )}
      {moderating && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'pin', label: t(pinned ? 'suggestions.unpin' : 'suggestions.pin'), onClick: () => void pinIt() },
              { key: 'merge', label: t('suggestions.merge'), onClick: () => setAsking('merge') },
              { key: 'hide', label: t('suggestions.hide'), danger: true, onClick: () => setAsking('hide') },
            ],
          }}
        >
          <Button size="small" type="text" icon={<EllipsisOutlined aria-hidden />} aria-label={t('suggestions.more')} />
        </Dropdown>
      )}
      <FailureNote failure={publish.failure ?? pin.failure} />
      {asking === 'answer' && <AnswerDialog {...dialog} />}
      {asking === 'hide' && <HideDialog {...dialog} />}
      {asking === 'merge' && <MergeDialog {...dialog} others={suggestions.list ?? []} />}
    </div>
  )
}
