import { DeleteOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Input, InputNumber } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/policy.ts'
import type { Lexicon } from '../../shared/topics.ts'
import { useMe } from '../identity/MeContext.tsx'
import { regionName } from '../regions/RegionPath.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { PlainForm } from '../ui/PlainForm.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { areNamed, type CategoryFields, categoriesOf, fieldsOf } from './lexiconFields.ts'

/** Edits a region's lexicon; saving what was inherited makes it the region's own. */
export function LexiconForm({ lexicon }: { lexicon: Lexicon }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { message } = App.useApp()
  const queryClient = useQueryClient()
  const save = useCommand('lexicon:save')
  const names = useRegionNames(lexicon.sourceCode ? [lexicon.sourceCode] : [], [])
  const [rows, setRows] = useState(() => fieldsOf(lexicon.categories))
  const [threshold, setThreshold] = useState(lexicon.threshold)
  const [halfLifeDays, setHalfLifeDays] = useState(lexicon.halfLifeDays)
  const [thresholdField, halfLifeField] = [useId(), useId()]
  const { regionCode, version, source } = lexicon
  const mayEdit = can(actor, 'lexicon:edit', { regionCodes: [regionCode] })
  const categories = categoriesOf(rows)
  const named = areNamed(categories)
  const change = (key: number, part: Partial<CategoryFields>) => setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  const above = lexicon.sourceCode ? regionName(names.get(lexicon.sourceCode) ?? []) : ''

  async function submit() {
    const result = await save.send({ regionCode, version, categories, threshold, halfLifeDays })
    if (!result.ok) return
    queryClient.setQueryData(keyOf('lexicon', { regionCode }), result.value)
    void message.success(t('topics.saved'))
  }
  return (
    <PlainForm className="stack" onSubmit={submit}>
      <div>
        <StateTag tone={source === 'own' ? 'good' : 'plain'}>{t(`topics.source.${source}`, { name: above })}</StateTag>
      </div>
      {!mayEdit && <Alert type="info" title={t('topics.noRight')} />}
      <div className="lexicon-settings">
        <label htmlFor={thresholdField}>{t('topics.threshold')}</label>
        <InputNumber
          id={thresholdField}
          min={1}
          max={10_000}
          value={threshold}
          disabled={!mayEdit}
          onChange={(value) => setThreshold(value ?? 1)}
        />
        <span className="soft small">{t('topics.thresholdHint')}</span>
        <label htmlFor={halfLifeField}>{t('topics.halfLife')}</label>
        <InputNumber
          id={halfLifeField}
          min={1}
          max={365}
          precision={0}
          value={halfLifeDays}
          disabled={!mayEdit}
          onChange={(value) => setHalfLifeDays(value ?? 1)}
        />
      </div>
      <div className="lexicon-rows sheet">
        {rows.map(({ key, name, words }) => (
          <div key={key} className="lexicon-row">
            <Input
              aria-label={t('topics.category')}
              placeholder={t('topics.category')}
              value={name}
              maxLength={20}
              disabled={!mayEdit}
              onChange={(event) => change(key, { name: event.target.value })}
            />
            <Input.TextArea
              aria-label={`${name} ${t('topics.keywords')}`}
              placeholder={t('topics.keywords')}
              value={words}
              maxLength={4_000}
              autoSize={{ minRows: 1, maxRows: 8 }}
              disabled={!mayEdit}
              onChange={(event) => change(key, { words: event.target.value })}
            />
            {mayEdit && (
              <Button
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('topics.removeCategory', { name })}
                disabled={rows.length === 1}
                onClick={() => setRows(rows.filter((row) => row.key !== key))}
              />
            )}
          </div>
        ))}
      </div>
      {mayEdit && (
        <div className="row">
          <Button
            disabled={rows.length >= 50}
            onClick={() => setRows([...rows, { key: Math.max(0, ...rows.map((row) => row.key)) + 1, name: '', words: '' }])}
          >
            {t('topics.addCategory')}
          </Button>
          <Button type="primary" htmlType="submit" loading={save.pending} disabled={!named}>
            {t('topics.save')}
          </Button>
          {!named && <span className="soft">{t('topics.badCategories')}</span>}
        </div>
      )}
      <FailureNote failure={save.failure} />
    </PlainForm>
  )
}
