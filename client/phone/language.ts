import type { Language } from './words.ts'

// The desktop pages remember the choice under the same key; the rule is theirs too (client/i18n/language.ts, which brings a calendar along).
const rememberedAt = 'yishi.language'

/** What was chosen on this device; else Chinese, unless the browser asks for anything but Chinese. */
export function startingLanguage(): Language {
  const remembered = read()
  if (remembered === 'zh-CN' || remembered === 'en') return remembered
  const asked = navigator.languages ?? []
  return asked.length === 0 || asked.some((name) => name.toLowerCase().startsWith('zh')) ? 'zh-CN' : 'en'
}

export function rememberLanguage(language: Language) {
  try {
    localStorage.setItem(rememberedAt, language)
  } catch {
    // A browser that keeps nothing still switches for this visit.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(rememberedAt)
  } catch {
    return null
  }
}
