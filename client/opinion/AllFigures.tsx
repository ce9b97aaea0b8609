import { DownloadOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { MeetingOpinion } from '../../shared/opinion.ts'
import { groupLetter } from '../../shared/opinion-rules.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Sheet } from '../ui/Sheet.tsx'

type Row = MeetingOpinion['suggestions'][number]
const files = ['comments', 'votes'] as const

/** Every suggestion with what each group said to it: what the picture is made of. */
export function AllFigures({ opinion, mayExport }: { opinion: MeetingOpinion; mayExport: boolean }) {
  const { t } = useTranslation()
  const columns: Column<Row>[] = [
    { key: 'text', title: t('opinion.table.suggestion'), draw: ({ text }) => <span className="opinion-clamp">{text}</span>, width: '40%' },
    { key: 'all', title: t('opinion.table.all'), draw: figures, align: 'right' },
    ...opinion.groups.map(
      ({ id }): Column<Row> => ({
        key: `group-${id}`,
        title: groupLetter(id),
        draw: ({ byGroup }) => {
          const own = byGroup.find(({ groupId }) => groupId === id)
          return own ? figures(own) : ''
        },
        align: 'right',
      }),
    ),
    { key: 'consensus', title: t('opinion.table.consensus'), draw: ({ consensus }) => consensus.toFixed(3), align: 'right' },
  ]
  const rows = [...opinion.suggestions].sort((a, b) => b.consensus - a.consensus)
  return (
    <Sheet title={t('opinion.table.title')} aside={t('opinion.table.legend')}>
      <DataTable label={t('opinion.table.label')} columns={columns} rows={rows} keyOf={({ suggestionId }) => suggestionId} minWidth={720} />
      {mayExport && (
        <p className="row row-wide opinion-files">
          <span className="soft small">{t('opinion.exportWords')}</span>
          {files.map((file) => (
            <a key={file} href={`/api/meetings/${opinion.meetingId}/export/conversation/${file}.csv`} download>
              <DownloadOutlined aria-hidden /> {file}.csv
            </a>
          ))}
        </p>
      )}
    </Sheet>
  )
}

const figures = ({ agrees, disagrees, passes }: { agrees: number; disagrees: number; passes: number }) =>
  `${agrees} / ${disagrees} / ${passes}`
