import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textOf } from '../../shared/minutes.ts'
import { contentIn } from '../../shared/minutes-content.ts'
import type { OpenedMinutes } from '../minutes/useMinutes.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { DiscardDialog } from './DiscardDialog.tsx'
import type { Kept } from './shelf.ts'
import { useKept } from './useKept.ts'

/** For whoever may not even read the minutes any more: the text as it was when they wrote in it. */
export function KeptCopies({ opened }: { opened: OpenedMinutes }) {
  const { t } = useTranslation()
  const { all, again } = useKept(opened)
  const [discarded, setDiscarded] = useState<Kept | null>(null)
  if (all.length === 0) return null
  return (
    <div>
      <p>{t('minutes.kept.copies')}</p>
      {all.map((kept) => (
        <div key={kept.id} className="row">
          <CopyButton text={textOf(contentIn(kept.update))} label={t('minutes.kept.copyAll')} />
          <Button onClick={() => setDiscarded(kept)}>{t('minutes.kept.discard')}</Button>
        </div>
      ))}
      {discarded && (
        <DiscardDialog
          onOk={() =>
            void opened.shelf
              .discard(discarded.id)
              .then(again)
              .then(() => setDiscarded(null))
          }
          onClose={() => setDiscarded(null)}
        />
      )}
    </div>
  )
}
