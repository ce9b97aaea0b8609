import { App } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import type { MinutesRecorder } from '../../shared/minutes-sections.ts'
import type { Limits } from './sectionLimits.ts'

/** The limits of whoever writes here, in words; null for whoever writes everywhere. */
export function useLimits(own: ReadonlySet<string> | null, recorders: readonly MinutesRecorder[]): Limits | null {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const items = own && [...own].sort().join(' ')
  return useMemo(() => {
    if (items === null) return null
    const mine = new Set(items.split(' '))
    return {
      own: mine,
      labelOf(agendaItemId) {
        if (agendaItemId !== null && mine.has(agendaItemId)) return t('minutes.sections.yours')
        const holders = recorders.filter(({ agendaItemIds }) => agendaItemId !== null && agendaItemIds.includes(agendaItemId))
        if (holders.length === 0) return t('minutes.sections.locked')
        return t('minutes.sections.heldBy', { names: holders.map(({ name }) => name).join(t('minutes.sections.and')) })
      },
      beginLabel: t('minutes.sections.begin'),
      onRefused: () => void message.info({ key: 'outside-sections', content: t('minutes.sections.notYours') }),
    }
  }, [items, recorders, t, message])
}

/** The titles of the items that are one's own, in the order of the agenda. */
export const titlesOf = ({ agenda }: Meeting, own: ReadonlySet<string>) => agenda.filter(({ id }) => own.has(id)).map(({ title }) => title)
