import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { type QueueView, queueViews } from '../../shared/queue.ts'
import { type KeyAction, keyOf } from './keys.ts'
import type { Queue } from './useQueue.ts'
import type { QueueWork } from './useQueueWork.ts'

export const Key = ({ of }: { of: KeyAction }) => <kbd aria-hidden>{keyOf(of)}</kbd>

type ViewsProps = { view: QueueView; counts: Queue['counts']; onChange: (view: QueueView) => void }

export function Views({ view, counts, onChange }: ViewsProps) {
  const { t } = useTranslation()
  const options = queueViews.map((value) => ({ value, label: t(`queue.view.${value}`, { count: counts?.[value] ?? 0 }) }))
  return (
    <div className="queue-views">
      <Segmented aria-label={t('queue.views')} value={view} onChange={onChange} options={options} />
    </div>
  )
}

/** What is done with several at once, and what was done last with the way back. */
export function QueueTools({ work: { chosenNow, unflagged, decisions, ...work } }: { work: QueueWork }) {
  const { t } = useTranslation()
  const some = chosenNow.length > 0
  return (
    <>
      <div className="row">
        {(some || unflagged.length > 0) && (
          <>
            <Button size="small" type="primary" disabled={!some} loading={decisions.pending && some} onClick={work.publishChosen}>
              {t('queue.publishChosen', { count: chosenNow.length })} <Key of="publishChosen" />
            </Button>
            <Button size="small" disabled={unflagged.length === 0} onClick={work.chooseUnflagged}>
              {t('queue.chooseUnflagged', { count: unflagged.length })} <Key of="chooseUnflagged" />
            </Button>
          </>
        )}
        <Button size="small" type="text" onClick={work.help}>
          {t('queue.keys')} <Key of="help" />
        </Button>
      </div>
      <div className="row queue-last">
        <span role="status" className="small">
          {decisions.said}
        </span>
        {decisions.undoable && (
          <Button size="small" disabled={decisions.pending} onClick={work.undo}>
            {t('queue.undo')} <Key of="undo" />
          </Button>
        )}
      </div>
    </>
  )
}
