import { SoundOutlined } from '@ant-design/icons'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { useFacts } from '../media/RoomContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { type Round, useRoundCommands } from './useRound.ts'

/** What the chair tells all groups, in writing or by voice. */
export function Announce({ round }: { round: Round }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { selfId } = useFacts()
  const { announce, voice } = useRoundCommands()
  const [form] = Form.useForm<{ text: string }>()
  const [id, setId] = useState(() => v7())
  const breakoutId = round.id
  const speaking = round.voiceId === selfId

  async function send({ text }: { text: string }) {
    const result = await announce.send({ breakoutId, id, text })
    if (!result.ok) return
    form.resetFields()
    setId(v7())
    message.success(t('breakouts.told'))
  }
  return (
    <section className="stack" aria-label={t('breakouts.announce')}>
      <Form form={form} layout="inline" className="announce" requiredMark={false} onFinish={(fields) => void send(fields)}>
        <Form.Item name="text" className="grow" rules={[{ required: true, whitespace: true, message: '' }]}>
          <Input maxLength={300} placeholder={t('breakouts.announceHint')} aria-label={t('breakouts.announceText')} />
        </Form.Item>
        <Button htmlType="submit" loading={announce.pending}>
          {t('breakouts.announce')}
        </Button>
      </Form>
      <div className="row">
        <Button
          icon={<SoundOutlined aria-hidden />}
          danger={speaking}
          type={speaking ? 'primary' : 'default'}
          aria-pressed={speaking}
          loading={voice.pending}
          onClick={() => void voice.send({ breakoutId, on: !speaking })}
        >
          {t(speaking ? 'breakouts.voiceEnd' : 'breakouts.voice')}
        </Button>
        <span className="soft small grow">{t('breakouts.voiceHint')}</span>
      </div>
      <FailureNote failure={announce.failure ?? voice.failure} />
    </section>
  )
}
