import { Checkbox, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isOpen } from '../../shared/suggestions.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'

type Passages = { meetingId: string; chosen: readonly string[]; kept: readonly { blockId: string; text: string }[] }

/** The passages of the minutes that it rests on. A heading says nothing by itself. `kept` were chosen before, and may be gone by now. */
export function PassagePicker({ meetingId, chosen, kept }: Passages) {
  const { t } = useTranslation()
  return (
    <Loaded of={useQueryOf('minutes-passages', { meetingId })} skeleton={<ListSkeleton />}>
      {(passages) => {
        const gone = kept.filter(({ blockId }) => !passages.some((one) => one.blockId === blockId))
        const written = [...passages.filter(({ type, blockId }) => type !== 'heading' || chosen.includes(blockId)), ...gone]
        if (written.length === 0)
          return (
            <Empty action={<Link to={`/meetings/${meetingId}/minutes`}>{t('meetings.writeMinutes')}</Link>}>
              {t('recommendations.noPassages')}
            </Empty>
          )
        return (
          <Form.Item name="blockIds" className="last-item">
            <Checkbox.Group className="pick-list" options={written.map(({ blockId, text }) => ({ value: blockId, label: text }))} />
          </Form.Item>
        )
      }}
    </Loaded>
  )
}

type Suggestions = { meetingId: string; kept: readonly { id: string; text: string }[] }

/** The suggestions that are answered by it; each gets its own answer from the department. `kept` were chosen before. */
export function SuggestionPicker({ meetingId, kept }: Suggestions) {
  const { t } = useTranslation()
  return (
    <Loaded of={useQueryOf('suggestions', { meetingId, limit: 500 })} skeleton={<ListSkeleton />}>
      {(suggestions) => {
        const known = suggestions.filter(isOpen)
        const open = [...known, ...kept.filter(({ id }) => !known.some((one) => one.id === id))]
        if (open.length === 0) return <Empty>{t('recommendations.noSuggestionsYet')}</Empty>
        return (
          <Form.Item name="suggestionIds" className="last-item">
            <Checkbox.Group className="pick-list" options={open.map(({ id, text }) => ({ value: id, label: text }))} />
          </Form.Item>
        )
      }}
    </Loaded>
  )
}
