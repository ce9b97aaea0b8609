import { useTranslation } from 'react-i18next'
import { type Language, rememberLanguage } from './language.ts'

/** The language of the page and the switch for it, which is remembered on this device. */
export function useLanguage() {
  const { i18n } = useTranslation()
  const language: Language = i18n.language === 'en' ? 'en' : 'zh-CN'
  function choose(next: Language) {
    rememberLanguage(next)
    void i18n.changeLanguage(next)
  }
  return { language, choose }
}
