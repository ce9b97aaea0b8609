import { type ComponentProps, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../identity/MeContext.tsx'
import { MinutesEditor } from './MinutesEditor.tsx'
import { PaperSkeleton } from './PaperSkeleton.tsx'
import { titlesOf, useLimits } from './useLimits.ts'
import { useRecorders } from './useRecorders.ts'

/** The document, open where this person may write in it. */
export function SectionedEditor(props: Omit<ComponentProps<typeof MinutesEditor>, 'limits'>) {
  const { t } = useTranslation()
  const { meeting, mayEdit, session } = props
  const { me } = useMe()
  const { own: told, recorders, ready, read } = useRecorders(meeting)
  const kept = session.state().described?.items
  // Without a network nobody has said who this is, and what was so last holds.
  const own = me ? told : kept ? new Set(kept) : null
  const items = own && [...own].sort().join(' ')
  const isTold = me !== undefined && ready && read.error === null
  useEffect(() => {
    if (isTold) session.describe({ meeting, items: items === null ? null : items.split(' ') })
  }, [session, meeting, items, isTold])
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
