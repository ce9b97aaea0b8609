import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

const rememberedAt = 'yishi.language'

const isLanguage = (name: string | null): name is Language => languages.some((language) => language === name)

/** What was chosen on this device; else Chinese, unless the browser asks for anything but Chinese. */
export function startingLanguage(): Language {
  const remembered = readRemembered()
  if (remembered) return remembered
  return navigator.languages.some((name) => name.toLowerCase().startsWith('zh')) || navigator.languages.length === 0 ? 'zh-CN' : 'en'
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(rememberedAt, language)
  } catch {
    // A browser that keeps nothing still switches for this visit.
  }
}

export function readRemembered(): Language | null {
  try {
    const name = localStorage.getItem(rememberedAt)
    return isLanguage(name) ? name : null
  } catch {
    return null
  }
}

/** What is outside React: the document's language (for screen readers and fonts) and the calendar's. */
export function showLanguage(name: string): void {
  document.documentElement.lang = name
  dayjs.locale(name === 'zh-CN' ? 'zh-cn' : 'en')
}
