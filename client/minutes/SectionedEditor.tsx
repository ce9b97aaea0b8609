import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { MinutesEditor } from './MinutesEditor.tsx'
import { PaperSkeleton } from './PaperSkeleton.tsx'
import { titlesOf, useLimits } from './useLimits.ts'
import { useRecorders } from './useRecorders.ts'

/** The document, open where this person may write in it. */
export function SectionedEditor(props: Omit<ComponentProps<typeof MinutesEditor>, 'limits'>) {
  const { t } = useTranslation()
  const { meeting, mayEdit } = props
  const { own, recorders, ready } = useRecorders(meeting)
  const limits = useLimits(mayEdit ? own : null, recorders)
  if (!ready) return <PaperSkeleton />
  const titles = limits ? titlesOf(meeting, limits.own) : []
  return (
    <>
      {limits && (
        <p className="minutes-notice minutes-notice-readOnlyText minutes-limits" role="status">
          {titles.length > 0
            ? t('minutes.sections.limits', { titles: titles.join(t('minutes.sections.and')) })
            : t('minutes.sections.nothing')}
        </p>
      )}
      <MinutesEditor key={`${mayEdit} ${limits ? [...limits.own].join() : ''}`} limits={limits} {...props} />
    </>
  )
}
