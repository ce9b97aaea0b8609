import { DownloadOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Sheet } from '../ui/Sheet.tsx'

const papers = ['minutes', 'recommendations'] as const
const formats = ['docx', 'json'] as const

/** The papers to take away: for people as a document, for other systems as data. */
export function Exports({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation()
  return (
    <Sheet title={t('meetings.exports')}>
      <ul className="plain-list export-list">
        {papers.map((paper) => (
          <li key={paper} className="row row-wide">
            <span className="grow">{t(`meetings.paper.${paper}`)}</span>
            {formats.map((format) => (
              <a
                key={format}
                href={`/api/meetings/${meetingId}/export/${paper}.${format}`}
                download
                aria-label={`${t(`meetings.paper.${paper}`)} ${format.toUpperCase()}`}
              >
                <DownloadOutlined /> {format.toUpperCase()}
              </a>
            ))}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
