import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** What stands in the map. */
export function useMapWords() {
  const { t } = useTranslation()
  return useMemo(() => ({ people: (count: number) => t('opinion.people', { count }) }), [t])
}
