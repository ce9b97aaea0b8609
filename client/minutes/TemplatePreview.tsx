import { useTranslation } from 'react-i18next'
import { headFieldNames } from '../../shared/minutes-nodes.ts'
import { agendaLevel, type MinutesTemplate } from '../../shared/minutes-template.ts'
import './minutes.css'

type Line = { key: string; level: number | null; words: string }

/** What new minutes of two agenda items would look like. */
export function TemplatePreview({ template }: { template: MinutesTemplate }) {
  const { t } = useTranslation()
  return (
    <div className="template-preview minutes-panel">
      <p className="soft small">{t('minutes.template.preview')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it */}
      <section className="minutes-paper minutes" aria-label={t('minutes.template.preview')} tabIndex={0}>
        <div className="minutes-text" lang="zh-CN">
          <div className="minutes-meeting-head">
            {template.headFields.map((name) => (
              <p key={name} data-meeting-field={name} data-label={headFieldNames[name]}>
                {name === 'title' ? '××协商会' : '……'}
              </p>
            ))}
          </div>
          {linesOf(template).map(({ key, level, words }) => (
            <PreviewLine key={key} level={level} words={words} />
          ))}
        </div>
      </section>
    </div>
  )
}

function PreviewLine({ level, words }: Omit<Line, 'key'>) {
  if (level === null) return <p>{words === '' ? '\u00a0' : words}</p>
  // A picture of headings: they do not belong to the outline of this page.
  return (
    <p className={`template-h${level}`}>
      <strong>{words}</strong>
    </p>
  )
}

/** The minutes are in Chinese whatever language the reader has chosen. */
const sampleItems = ['议程一', '议程二']

function linesOf({ parts }: MinutesTemplate): Line[] {
  return parts.flatMap((part, place) => {
    const titles = part.kind === 'heading' ? [part.text] : sampleItems
    return titles.flatMap((title): Line[] => [
      { key: `${place} ${title}`, level: part.kind === 'heading' ? part.level : agendaLevel, words: title },
      ...(part.passages.length > 0 ? part.passages : ['']).map((words, at) => ({ key: `${place} ${title} ${at}`, level: null, words })),
    ])
  })
}
