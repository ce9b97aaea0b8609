import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type ExportPaper, exportPapers, exportPath } from '../../shared/exports.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { useDownload } from './useDownload.ts'
import { type OfferedForm, useForms } from './useForms.ts'
import './exports.css'

/** The papers of a meeting to take away: for people as documents, for other systems as data. */
export function PaperFiles({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation()
  const forms = useForms()
  const { pending, failure, start } = useDownload()
  const noPdf = forms.some(({ form, available }) => form === 'pdf' && !available)
  return (
    <Sheet title={t('exports.title')}>
      <ul className="plain-list paper-files">
        {exportPapers.map((paper) => (
          <li key={paper}>
            <strong>{t(`exports.paper.${paper}`)}</strong>
            <div className="row">
              {forms.map((offered) => (
                <FileLink key={offered.form} {...{ meetingId, paper, offered, pending, start }} />
              ))}
            </div>
          </li>
        ))}
      </ul>
      {noPdf && <p className="hint">{t('exports.noPdf')}</p>}
      <p className="hint" role="status">
        {pending && t('exports.making')}
      </p>
      <FailureNote failure={failure} />
    </Sheet>
  )
}

type FileLinkProps = {
  meetingId: string
  paper: ExportPaper
  offered: OfferedForm
  pending: string | null
  start: (path: string) => Promise<unknown>
}

function FileLink({ meetingId, paper, offered: { form, available, slow }, pending, start }: FileLinkProps) {
  const { t } = useTranslation()
  const path = exportPath(meetingId, paper, form)
  const name = `${t(`exports.paper.${paper}`)} ${t(`exports.form.${form}`)}`
  if (slow)
    return (
      <Button
        size="small"
        type="link"
        aria-label={name}
        icon={<DownloadOutlined aria-hidden />}
        disabled={!available || pending !== null}
        loading={pending === path}
        onClick={() => void start(path)}
      >
        {t(`exports.short.${form}`)}
      </Button>
    )
  return (
    <Button size="small" type="link" href={path} download aria-label={name} icon={<DownloadOutlined aria-hidden />}>
      {t(`exports.short.${form}`)}
    </Button>
  )
}
