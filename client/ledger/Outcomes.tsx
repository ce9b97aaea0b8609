import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { type ErrorCode, errorStatus } from '../../shared/errors.ts'
import type { Outcome } from '../../shared/ledger.ts'
import { useFailureText } from '../ui/useFailureText.ts'

type Props = { outcomes: readonly Outcome[]; nameOf: ReadonlyMap<string, string>; onClose: () => void }

/** What became of each: how many are done, and of the others why not. */
export function Outcomes({ outcomes, nameOf, onClose }: Props) {
  const { t } = useTranslation()
  const textOf = useFailureText()
  const failed = outcomes.filter(({ done }) => !done)
  const close = (
    <Button type="primary" onClick={onClose}>
      {t('ledger.closeOutcome')}
    </Button>
  )
  return (
    <Modal
      open
      title={
        failed.length === 0
          ? t('ledger.allDone', { count: outcomes.length })
          : t('ledger.outcome', { done: outcomes.length - failed.length, failed: failed.length })
      }
      footer={close}
      onCancel={onClose}
    >
      {failed.length > 0 && (
        <ul className="plain-list ledger-outcomes" aria-label={t('ledger.notDone')}>
          {failed.map(({ id, code, reason }) => (
            <li key={id}>
              <strong>{nameOf.get(id) ?? id}</strong>
              <div className="soft">{textOf({ code: isCode(code) ? code : 'internal', reason: reason ?? '' })}</div>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  )
}

const isCode = (code: string | null): code is ErrorCode => code !== null && code in errorStatus
