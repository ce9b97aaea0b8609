import { App, Button, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type NoticeSettings, noticeLanguages, rhythms, topicsOfNotice } from '../../shared/notifications.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { PlainForm } from '../ui/PlainForm.tsx'
import { usePutSettings } from './EmailForm.tsx'

const languageNames = { 'zh-CN': '中文', en: 'English' } as const

/** How soon each kind of thing comes by e-mail, and in which language. */
export function RhythmForm({ settings }: { settings: NoticeSettings }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const put = usePutSettings()
  const [chosen, setChosen] = useState(settings.rhythms)
  const [language, setLanguage] = useState(settings.language)
  const choose = useCommand('notice:choose')

  async function save() {
    if (put(await choose.send({ language, rhythms: chosen }))) void message.success(t('notifications.saved'))
  }
  return (
    <PlainForm className="stack notice-rhythms" onSubmit={save}>
      {topicsOfNotice.map((topic) => (
        <div key={topic} className="row row-wide notice-rhythm">
          <span id={`topic-${topic}`}>{t(`notifications.topic.${topic}`)}</span>
          <Select
            aria-labelledby={`topic-${topic}`}
            value={chosen[topic]}
            onChange={(rhythm) => setChosen({ ...chosen, [topic]: rhythm })}
            options={rhythms.map((value) => ({ value, label: t(`notifications.rhythm.${value}`) }))}
            style={{ width: 200 }}
          />
        </div>
      ))}
      <div className="row row-wide notice-rhythm">
        <span id="notice-language">{t('notifications.language')}</span>
        <Radio.Group
          aria-labelledby="notice-language"
          value={language}
          onChange={(event) => setLanguage(event.target.value)}
          options={noticeLanguages.map((value) => ({ value, label: languageNames[value] }))}
        />
      </div>
      <FailureNote failure={choose.failure} />
      <div>
        <Button type="primary" htmlType="submit" loading={choose.pending}>
          {t('notifications.save')}
        </Button>
      </div>
    </PlainForm>
  )
}
