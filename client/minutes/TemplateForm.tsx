import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Checkbox, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { headFieldNames, headFields } from '../../shared/minutes-nodes.ts'
import type { MinutesTemplate, RegionTemplate } from '../../shared/minutes-template.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { PlainForm } from '../ui/PlainForm.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { TemplateParts } from './TemplateParts.tsx'
import { TemplatePreview } from './TemplatePreview.tsx'
import { type DraftPart, draftOf, partsOf } from './templateDraft.ts'

type Props = { own: RegionTemplate; inherited: { regionCode: string | null; template: MinutesTemplate } }

/** Edits the template of a region beside what minutes made of it look like. */
export function TemplateForm({ own, inherited }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queryClient = useQueryClient()
  const save = useCommand('minutes:set-template')
  const { regionCode, version } = own
  const names = useRegionNames(inherited.regionCode === null ? [] : [inherited.regionCode], [])
  const from = inherited.regionCode === null ? t('minutes.template.standard') : regionName(names.get(inherited.regionCode) ?? [])
  const [fields, setFields] = useState((own.template ?? inherited.template).headFields)
  const [parts, setParts] = useState<readonly DraftPart[]>(() => draftOf(own.template ?? inherited.template))
  const template: MinutesTemplate = { headFields: headFields.filter((name) => fields.includes(name)), parts: partsOf(parts) }

  async function send(wished: MinutesTemplate | null, done: string) {
    const result = await save.send({ regionCode, template: wished, version })
    if (!result.ok) return
    queryClient.setQueryData(keyOf('minutes-template', { regionCode }), { own: result.value, inherited })
    void message.success(done)
  }
  return (
    <PlainForm className="template-form" onSubmit={() => send(template, t('minutes.template.saved'))}>
      <div className="stack">
        <p className="soft">{t(own.template ? 'minutes.template.isOwn' : 'minutes.template.isInherited', { from })}</p>
        <Sheet title={t('minutes.template.head')}>
          <Checkbox.Group
            value={fields}
            options={headFields.map((name) => ({ value: name, label: headFieldNames[name], disabled: name === 'title' }))}
            onChange={setFields}
          />
          <p className="soft small">{t('minutes.template.headHelp')}</p>
        </Sheet>
        <Sheet title={t('minutes.template.parts')}>
          <TemplateParts parts={parts} onChange={setParts} />
        </Sheet>
        <FailureNote failure={save.failure} />
        <div className="row">
          <Button type="primary" htmlType="submit" loading={save.pending}>
            {t('minutes.template.save')}
          </Button>
          {own.template && (
            <Popconfirm
              title={t('minutes.template.inheritAsk', { from })}
              okText={t('minutes.template.inherit')}
              cancelText={t('common.cancel')}
              onConfirm={() => send(null, t('minutes.template.inherits'))}
            >
              <Button disabled={save.pending}>{t('minutes.template.inherit')}</Button>
            </Popconfirm>
          )}
        </div>
      </div>
      <TemplatePreview template={template} />
    </PlainForm>
  )
}
