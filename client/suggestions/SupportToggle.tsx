import { LikeFilled, LikeOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { isPublic, type Suggestion } from '../../shared/suggestions.ts'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

/** How many support it; whoever is in the room may be one of them while the meeting is live. */
export function SupportToggle({ suggestion, live }: { suggestion: Suggestion; live: boolean }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { id, meetingId, supportCount } = suggestion
  const { data } = useQueryOf('my-supports', { meetingId })
  const support = useCommand('suggestion:support')
  const supported = data?.includes(id) ?? false
  if (!live || !isPublic(suggestion)) return <span className="soft small">{t('suggestions.supporters', { count: supportCount })}</span>

  async function toggle() {
    const result = await support.send({ suggestionId: id, supported: !supported, commandId: v7() })
    if (!result.ok) return
    queryClient.setQueryData<string[]>(keyOf('my-supports', { meetingId }), (mine = []) =>
      result.value.supported ? [...new Set([...mine, id])] : mine.filter((one) => one !== id),
    )
  }
  return (
    <>
      <Button
        size="small"
        type={supported ? 'primary' : 'default'}
        ghost={supported}
        icon={supported ? <LikeFilled aria-hidden /> : <LikeOutlined aria-hidden />}
        aria-pressed={supported}
        loading={support.pending}
        onClick={() => void toggle()}
      >
        {t(supported ? 'suggestions.supported' : 'suggestions.support')} <span className="count">{supportCount}</span>
      </Button>
      <FailureNote failure={support.failure} />
    </>
  )
}
