import { FundProjectionScreenOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDirecting } from './useDirecting.ts'
import { useStage } from './useStage.ts'

/** Puts a suggestion before everybody, in the room and on the halls' screens, or takes it away again. */
export function ShowButton({ meetingId, suggestionId }: { meetingId: string; suggestionId: string }) {
  const { t } = useTranslation()
  const { mayDirect, pending, show } = useDirecting()
  const shown = useStage(meetingId).suggestionId === suggestionId
  if (!mayDirect) return null
  return (
    <Button
      size="small"
      type={shown ? 'primary' : 'default'}
      icon={<FundProjectionScreenOutlined aria-hidden />}
      loading={pending}
      aria-pressed={shown}
      onClick={() => void show(shown ? null : suggestionId)}
    >
      {t(shown ? 'stage.hide' : 'stage.show')}
    </Button>
  )
}
