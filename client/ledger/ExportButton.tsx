import { DownloadOutlined } from '@ant-design/icons'
import { Button, Checkbox, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type LedgerField, type LedgerForm, ledgerExportPath, ledgerFields, ledgerForms } from '../../shared/ledger.ts'
import { useDownload } from '../exports/useDownload.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { addressOf } from '../transport/http.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { figureOf } from './counting.ts'
import { useLedgerCounts } from './useLedger.ts'
import { useLedgerAddress } from './useLedgerAddress.ts'

const usual: LedgerField[] = ['number', 'title', 'meeting', 'proposer', 'region', 'department', 'state', 'colour', 'due', 'grade']

/** What is shown now, as a file with the columns of one's choice. */
export function ExportButton() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { pending, failure, start } = useDownload()
  const [exported, setExported] = useState('')
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} loading={pending !== null} onClick={() => setOpen(true)}>
        {t('ledger.export')}
      </Button>
      <span role="status" className="soft small">
        {pending !== null && t('ledger.exporting', { lines: exported })}
      </span>
      <FailureNote failure={failure} />
      {open && (
        <ExportDialog
          onClose={() => setOpen(false)}
          onStart={(path, lines) => {
            setOpen(false)
            setExported(lines)
            void start(path)
          }}
        />
      )}
    </>
  )
}

function ExportDialog({ onClose, onStart }: { onClose: () => void; onStart: (path: string, lines: string) => void }) {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const { filter, sort } = useLedgerAddress()
  const { data: counts } = useLedgerCounts(filter)
  const [form, setForm] = useState<LedgerForm>('xlsx')
  const [fields, setFields] = useState(usual)
  const lines = counts ? figureOf(counts, { state: filter.state, colour: filter.colour }) : '…'
  const ordered = ledgerFields.filter((field) => fields.includes(field))
  return (
    <Modal
      open
      title={t('ledger.exportTitle')}
      okText={t('ledger.exportDo')}
      okButtonProps={{ disabled: ordered.length === 0 }}
      cancelText={t('common.cancel')}
      onOk={() => onStart(addressOf(ledgerExportPath(form), { ...filter, sort, language, fields: ordered.join() }), lines)}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">{t('ledger.exportHelp', { lines })}</p>
        <Segmented<LedgerForm>
          aria-label={t('ledger.exportForm')}
          value={form}
          onChange={setForm}
          options={ledgerForms.map((value) => ({ value, label: t(`ledger.form.${value}`) }))}
        />
        <fieldset className="ledger-fields">
          <legend>{t('ledger.exportFields')}</legend>
          <Checkbox.Group<LedgerField>
            value={fields}
            onChange={setFields}
            options={ledgerFields.map((value) => ({ value, label: t(`ledger.field.${value}`) }))}
          />
        </fieldset>
        {ordered.length === 0 && <p role="alert">{t('ledger.exportNoField')}</p>}
      </div>
    </Modal>
  )
}
