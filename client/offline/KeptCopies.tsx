import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as Y from 'yjs'
import { textOf } from '../../shared/minutes.ts'
import { contentOf } from '../../shared/minutes-content.ts'
import type { OpenedMinutes } from '../minutes/useMinutes.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
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
          <CopyButton text={wordsOf(kept)} label={t('minutes.kept.copyAll')} />
          <Button onClick={() => setDiscarded(kept)}>{t('minutes.kept.discard')}</Button>
        </div>
      ))}
      {discarded && (
        <ConfirmDialog
          title={t('minutes.kept.discardTitle')}
          text={t('minutes.kept.discardText')}
          okText={t('minutes.kept.discard')}
          danger
          pending={false}
          failure={null}
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

function wordsOf({ update }: Kept): string {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  const words = textOf(contentOf(doc))
  doc.destroy()
  return words
}
