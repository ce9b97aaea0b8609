/** The day of an instant in words, by Beijing time: 2026年11月23日, 23 November 2026. */
export const longDay = (at: string, language: 'zh-CN' | 'en') =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' }).format(new Date(at))
