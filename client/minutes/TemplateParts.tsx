import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { headingLength, mostParts } from '../../shared/minutes-template.ts'
import { type DraftPart, emptyPart, moved } from './templateDraft.ts'

type Props = { parts: readonly DraftPart[]; onChange(parts: readonly DraftPart[]): void }

/** The sections of a template, in order. The agenda's place can be moved and not removed. */
export function TemplateParts({ parts, onChange }: Props) {
  const { t } = useTranslation()
  const change = (place: number, part: DraftPart) => onChange(parts.with(place, part))
  return (
    <>
      <ol className="plain-list template-parts">
        {parts.map((part, place) => (
          <li key={part.key}>
            <PartFields part={part} n={place + 1} onChange={(changed) => change(place, changed)} />
            <div className="template-part-tools">
              <Button
                type="text"
                icon={<ArrowUpOutlined aria-hidden />}
                aria-label={t('minutes.template.up', { n: place + 1 })}
                disabled={place === 0}
                onClick={() => onChange(moved(parts, place, -1))}
              />
              <Button
                type="text"
                icon={<ArrowDownOutlined aria-hidden />}
                aria-label={t('minutes.template.down', { n: place + 1 })}
                disabled={place === parts.length - 1}
                onClick={() => onChange(moved(parts, place, 1))}
              />
              {part.kind === 'heading' && (
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('minutes.template.remove', { n: place + 1 })}
                  onClick={() => onChange(parts.toSpliced(place, 1))}
                />
              )}
            </div>
          </li>
        ))}
      </ol>
      <Button icon={<PlusOutlined aria-hidden />} disabled={parts.length >= mostParts} onClick={() => onChange([...parts, emptyPart()])}>
        {t('minutes.template.add')}
      </Button>
    </>
  )
}

function PartFields({ part, n, onChange }: { part: DraftPart; n: number; onChange(part: DraftPart): void }) {
  const { t } = useTranslation()
  return (
    <div className="template-part">
      {part.kind === 'agenda' ? (
        <strong>{t('minutes.template.agenda')}</strong>
      ) : (
        <div className="template-heading">
          <Select
            aria-label={t('minutes.template.level', { n })}
            value={part.level}
            options={[
              { value: 1, label: t('minutes.tool.heading1') },
              { value: 2, label: t('minutes.tool.heading2') },
            ]}
            onChange={(level) => onChange({ ...part, level })}
          />
          <Input
            aria-label={t('minutes.template.heading', { n })}
            placeholder={t('minutes.template.headingHint')}
            value={part.text}
            maxLength={headingLength}
            onChange={(event) => onChange({ ...part, text: event.target.value })}
          />
        </div>
      )}
      <Input.TextArea
        aria-label={t('minutes.template.passages', { n })}
        placeholder={t(part.kind === 'agenda' ? 'minutes.template.agendaHint' : 'minutes.template.passagesHint')}
        value={part.lines}
        autoSize={{ minRows: 1, maxRows: 8 }}
        onChange={(event) => onChange({ ...part, lines: event.target.value })}
      />
    </div>
  )
}
