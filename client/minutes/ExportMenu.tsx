import { DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { exportPath } from '../../shared/exports.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'

/** The papers of the meeting as files, for those who may take them out. */
export function ExportMenu({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  if (!can(actor, 'export:read', subjectOfMeeting(meeting))) return null
  const items = (
    [
      ['minutesDocx', exportPath(meeting.id, 'minutes', 'docx')],
      ['minutesJson', exportPath(meeting.id, 'minutes', 'json')],
      ['recommendationsDocx', exportPath(meeting.id, 'recommendations', 'docx')],
      ['recommendationsJson', exportPath(meeting.id, 'recommendations', 'json')],
    ] as const
  ).map(([key, href]) => ({
    key,
    label: (
      <a href={href} download>
        {t(`minutes.export.${key}`)}
      </a>
    ),
  }))
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button size="small" icon={<DownloadOutlined aria-hidden />}>
        {t('minutes.tool.export')}
      </Button>
    </Dropdown>
  )
}
