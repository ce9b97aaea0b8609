import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { bundlePath } from '../../shared/bundle.ts'
import { type ExportPaper, exportPapers, exportPath } from '../../shared/exports.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { useDownload } from './useDownload.ts'
import { type OfferedForm, useForms } from './useForms.ts'
import './exports.css'

/** The papers of a meeting to take away: for people as documents, for other systems as data. */
export function PaperFiles({ meeting }: { meeting: Meeting }) {
  const { id: meetingId } = meeting
  const { t } = useTranslation()
  const { actor } = useMe()
  const mayBundle = can(actor, 'export:bundle', subjectOfMeeting(meeting))
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
              {paper === 'minutes' && mayBundle && (
                <SlowFile
                  path={bundlePath(meetingId)}
                  name={t('exports.bundle')}
                  words={t('exports.shortBundle')}
                  {...{ pending, start }}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
      {mayBundle && <Fingerprint />}
      {noPdf && <p className="hint">{t('exports.noPdf')}</p>}
      <div className="hint" role="status">
        {pending && t('exports.making')}
      </div>
      <FailureNote failure={failure} />
    </Sheet>
  )
}

/** By what one knows later that an archive came from here. */
function Fingerprint() {
  const { t } = useTranslation()
  const { data } = useQueryOf('bundle-key', {})
  return data ? (
    <p className="hint">
      {t('exports.fingerprint')} <code className="fingerprint">{data.fingerprint}</code>
    </p>
  ) : null
}

type Pending = { pending: string | null; start: (path: string) => Promise<unknown> }
type FileLinkProps = Pending & { meetingId: string; paper: ExportPaper; offered: OfferedForm }

function FileLink({ meetingId, paper, offered: { form, available, slow }, pending, start }: FileLinkProps) {
  const { t } = useTranslation()
  const path = exportPath(meetingId, paper, form)
  const words = t(`exports.short.${form}`)
  const name = `${t(`exports.paper.${paper}`)} ${words}`
  if (slow) return <SlowFile {...{ path, name, words, pending, start }} disabled={!available} />
  return (
    <Button size="small" type="link" href={path} download aria-label={name} icon={<DownloadOutlined aria-hidden />}>
      {words}
    </Button>
  )
}

type SlowFileProps = Pending & { path: string; name: string; words: string; disabled?: boolean }

/** What takes the server a while is fetched while the button says so. */
const SlowFile = ({ path, name, words, pending, start, disabled = false }: SlowFileProps) => (
  <Button
    size="small"
    type="link"
    aria-label={name}
    icon={<DownloadOutlined aria-hidden />}
    disabled={disabled || (pending !== null && pending !== path)}
    loading={pending === path}
    onClick={() => void start(path)}
  >
    {words}
  </Button>
)
