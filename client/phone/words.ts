import { phone as en } from '../i18n/en/phone.ts'
import { phone as zh } from '../i18n/zh-CN/phone.ts'

type Words = typeof zh
export type WordKey = { [G in keyof Words & string]: `${G}.${keyof Words[G] & string}` }[keyof Words & string]
export type Language = 'zh-CN' | 'en'
export type Translate = (key: WordKey, values?: Record<string, string | number>) => string

const dictionaries: Record<Language, Record<string, Record<string, string>>> = { 'zh-CN': zh, en }

/** The dictionaries of client/i18n, read without a library: this page has no room for one. */
export const createTranslate =
  (language: Language): Translate =>
  (key, values = {}) => {
    const [group, name] = key.split('.') as [string, string]
    const words = dictionaries[language][group]?.[name] ?? key
    return words.replace(/\{\{(\w+)\}\}/g, (_, value: string) => String(values[value] ?? ''))
  }
