import { CustomerServiceOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { useChairingHere } from '../chairing/ChairingContext.tsx'
import { useFacts } from '../media/RoomContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { useFailureText } from '../ui/useFailureText.ts'
import type { Round } from './useRound.ts'

/** Asks the chair to come to one's own group. */
export function CallIn({ round: { mine } }: { round: Round }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { meeting } = useFacts()
  const { mayChair } = useChairingHere()
  const { send, pending } = useCommand('call:send')
  const textOf = useFailureText()
  if (mayChair || !mine) return null

  async function call(group: string) {
    const result = await send({ id: v7(), meetingId: meeting.id, kind: 'visit', text: t('breakouts.callText', { group }) })
    if (result.ok) message.success(t('breakouts.called'))
    else message.error(textOf(result.error))
  }
  return (
    <Button size="small" icon={<CustomerServiceOutlined aria-hidden />} loading={pending} onClick={() => void call(mine.name)}>
      {t('breakouts.call')}
    </Button>
  )
}
