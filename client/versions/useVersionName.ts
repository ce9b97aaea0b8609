import { useTranslation } from 'react-i18next'
import type { MinutesVersion } from '../../shared/minutes-versions.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { formatInstant } from '../ui/dates.ts'

const isInstant = (name: string) => /^\d{4}-\d{2}-\d{2}T/.test(name)

/** What a version is called: its name, or when it was. One that was brought back is called after the one that it was. */
export function useVersionName(): (version: MinutesVersion) => string {
  const { t } = useTranslation()
  const { language } = useLanguage()
  return ({ kind, name, createdAt }) => {
    const shown = name === null ? formatInstant(createdAt, language) : isInstant(name) ? formatInstant(name, language) : name
    return kind === 'restored' ? t('signing.versions.restoredFrom', { name: shown }) : shown
  }
}
