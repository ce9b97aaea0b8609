import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, type MenuProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { bundlePath } from '../../shared/bundle.ts'
import { type ExportPaper, exportPapers, exportPath } from '../../shared/exports.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useDownload } from '../exports/useDownload.ts'
import { useForms } from '../exports/useForms.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useFailureText } from '../ui/useFailureText.ts'

/** The papers of the meeting as files, for those who may take them out. */
export function ExportMenu({ meeting }: { meeting: Meeting }) {
  const { actor } = useMe()
  return can(actor, 'export:read', subjectOfMeeting(meeting)) ? <Menu meeting={meeting} /> : null
}

function Menu({ meeting }: { meeting: Meeting }) {
  const { id: meetingId } = meeting
  const { actor } = useMe()
  const { t } = useTranslation()
  const { message } = App.useApp()
  const textOf = useFailureText()
  const { pending, start } = useDownload()
  const itemsOf = usePaperItems(meetingId, (path) => void fetchFile(path))

  async function fetchFile(path: string) {
    const failure = await start(path)
    if (failure) void message.error(textOf(failure))
  }

  const bundle = { key: bundlePath(meetingId), label: t('exports.bundle'), onClick: () => void fetchFile(bundlePath(meetingId)) }
  const mayBundle = can(actor, 'export:bundle', subjectOfMeeting(meeting))
  const items: MenuProps['items'] = exportPapers.map((paper) => ({
    type: 'group',
    key: paper,
    label: t(`exports.paper.${paper}`),
    children: [...itemsOf(paper), ...(paper === 'minutes' && mayBundle ? [bundle] : [])],
  }))
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button size="small" icon={<DownloadOutlined aria-hidden />} loading={pending !== null}>
        <span aria-live="polite">{pending === null ? t('minutes.tool.export') : t('exports.making')}</span>
      </Button>
    </Dropdown>
  )
}

/** What the browser can save at once is a link; what takes a while is fetched while the button says so. */
function usePaperItems(meetingId: string, start: (path: string) => void) {
  const { t } = useTranslation()
  const forms = useForms()
  return (paper: ExportPaper) =>
    forms.map(({ form, available, slow }) => {
      const path = exportPath(meetingId, paper, form)
      const name = available ? t(`exports.form.${form}`) : `${t(`exports.form.${form}`)} · ${t('exports.noPdfHere')}`
      if (slow) return { key: path, label: name, disabled: !available, onClick: () => start(path) }
      return { key: path, label: <FileLink path={path} name={name} /> }
    })
}

const FileLink = ({ path, name }: { path: string; name: string }) => (
  <a href={path} download>
    {name}
  </a>
)
