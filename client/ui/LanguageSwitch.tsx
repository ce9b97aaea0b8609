import { GlobalOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../i18n/useLanguage.ts'

/** Shows the other language's own name, which is what somebody who cannot read this one looks for. */
export function LanguageSwitch() {
  const { t } = useTranslation()
  const { language, choose } = useLanguage()
  const other = language === 'en' ? 'zh-CN' : 'en'
  return (
    <Button type="text" icon={<GlobalOutlined aria-hidden />} lang={other} onClick={() => choose(other)}>
      {t('shell.otherLanguage')}
    </Button>
  )
}
