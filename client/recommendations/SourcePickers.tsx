import { Checkbox, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isOpen } from '../../shared/suggestions.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'

/** The passages of the minutes that the recommendation rests on; at least one. A heading says nothing by itself. */
export function PassagePicker({ meetingId, chosen }: { meetingId: string; chosen: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <Loaded of={useQueryOf('minutes-passages', { meetingId })} skeleton={<ListSkeleton />}>
      {(passages) => {
        const written = passages.filter(({ type, blockId }) => type !== 'heading' || chosen.includes(blockId))
        if (written.length === 0)
          return (
            <Empty action={<Link to={`/meetings/${meetingId}/minutes`}>{t('meetings.writeMinutes')}</Link>}>
              {t('recommendations.noPassages')}
            </Empty>
          )
        return (
          <Form.Item name="blockIds" className="last-item" rules={[atLeastOne(t('recommendations.passageMissing'))]}>
            <Checkbox.Group className="pick-list" options={written.map(({ blockId, text }) => ({ value: blockId, label: text }))} />
          </Form.Item>
        )
      }}
    </Loaded>
  )
}

/** Not `required`: a group of boxes may not carry that mark. */
const atLeastOne = (words: string) => ({
  validator: (_: unknown, chosen?: string[]) => (chosen?.length ? Promise.resolve() : Promise.reject(new Error(words))),
})

/** The suggestions that are answered by it; each gets its own answer from the department. */
export function SuggestionPicker({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation()
  return (
    <Loaded of={useQueryOf('suggestions', { meetingId, limit: 500 })} skeleton={<ListSkeleton />}>
      {(suggestions) => {
        const open = suggestions.filter(isOpen)
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
