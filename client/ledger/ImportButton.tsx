import { UploadOutlined } from '@ant-design/icons'
import { Alert, Button, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import { type ImportReport, ledgerImportPath, ledgerTemplatePath, mostImportBytes } from '../../shared/ledger.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { useMe } from '../identity/MeContext.tsx'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { managedRegions } from '../stations/managedRegions.ts'
import { useManagedRegion } from '../stations/useManagedRegion.ts'
import { addressOf, putBytes } from '../transport/http.ts'
import { useReadAgain } from '../transport/readAgain.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Report } from './Report.tsx'

/** Earlier years from a spreadsheet, for secretariats. */
export function ImportButton() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [open, setOpen] = useState(false)
  if (managedRegions(actor, 'ledger:import').length === 0) return null
  return (
    <>
      <Button icon={<UploadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('ledger.import')}
      </Button>
      {open && <ImportDialog onClose={() => setOpen(false)} />}
    </>
  )
}

/** The file is looked at first; only then, and only that file, is it stored. */
function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const fileId = useId()
  const { regionCode, select } = useManagedRegion('ledger:import')
  const readAgain = useReadAgain()
  const [file, setFile] = useState<File | null>(null)
  const [report, setReport] = useState<ImportReport | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [pending, setPending] = useState(false)
  const checked = report !== null && !report.stored

  async function send(confirm: string | undefined) {
    if (!file || regionCode === undefined) return
    setFailure(null)
    if (file.size > mostImportBytes) return setFailure({ code: 'too-large', reason: 'unpacks-to-too-much' })
    setPending(true)
    const result = await putBytes<ImportReport>(addressOf(ledgerImportPath, { regionCode, confirm }), await file.arrayBuffer())
    setPending(false)
    if (!result.ok) return setFailure(result.error)
    setReport(result.value)
    if (result.value.stored) readAgain('ledger')
  }
  const forget = () => {
    setReport(null)
    setFailure(null)
  }
  return (
    <Modal
      open
      width={640}
      title={t('ledger.importTitle')}
      okText={checked ? t('ledger.importDo', { count: report.fresh }) : t('ledger.importCheck')}
      okButtonProps={{ disabled: !file || regionCode === undefined || report?.stored === true || report?.fresh === 0 }}
      cancelText={t(report?.stored ? 'common.close' : 'common.cancel')}
      confirmLoading={pending}
      onOk={() => void send(checked ? report.hash : undefined)}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">
          {t('ledger.importHelp')}{' '}
          <a className="ledger-template" href={addressOf(ledgerTemplatePath, { language })}>
            {t('ledger.template')}
          </a>
        </p>
        <RegionSelect
          aria-label={t('ledger.importRegion')}
          {...select}
          onChange={(code) => {
            select.onChange(code)
            forget()
          }}
        />
        <div className="ledger-file">
          <label htmlFor={fileId}>{t('ledger.importFile')}</label>
          <input
            id={fileId}
            type="file"
            accept=".xlsx"
            onChange={(event) => {
              setFile(event.target.files?.[0] ?? null)
              forget()
            }}
          />
        </div>
        <div role="status">{pending && t(checked ? 'ledger.importing' : 'ledger.checking')}</div>
        <FailureNote failure={failure} />
        {report?.stored && <Alert type="success" showIcon title={t('ledger.importDone', { count: report.fresh })} />}
        {report && <Report report={report} />}
      </div>
    </Modal>
  )
}
