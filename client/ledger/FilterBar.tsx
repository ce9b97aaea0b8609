import { FilterOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type LedgerFilter, ledgerSorts } from '../../shared/ledger.ts'
import { replyGrades } from '../../shared/recommendations.ts'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { ChoiceSelect } from './ChoiceSelect.tsx'
import { useLedgerAddress } from './useLedgerAddress.ts'
import { ViewsMenu } from './ViewsMenu.tsx'

const typingPauseMs = 300
const years = Array.from({ length: 30 }, (_, back) => new Date().getFullYear() - back)

/** Everything by which the ledger is narrowed down, and the views that are kept of it. On a phone most of it is behind a button. */
export function FilterBar({ wide }: { wide: boolean }) {
  const { t } = useTranslation()
  const { filter, narrow } = useLedgerAddress()
  const [unfolded, setUnfolded] = useState(false)
  return (
    <search className="ledger-filters" aria-label={t('ledger.filter.label')}>
      <SearchField text={filter.text} onChange={(text) => narrow({ text })} />
      {!wide && (
        <Button icon={<FilterOutlined aria-hidden />} aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {t('ledger.filter.label')}
        </Button>
      )}
      {(wide || unfolded) && <Filters />}
    </search>
  )
}

function Filters() {
  const { t } = useTranslation()
  const { sort, shape, show } = useLedgerAddress()
  return (
    <>
      <RegionFilter />
      <ChoiceSelect of="organization" name="organizationId" />
      <ChoiceSelect of="meeting" name="meetingId" />
      <ChoiceSelect of="proposer" name="proposerId" />
      <Few name="year" word={t('ledger.filter.year')} options={years.map((value) => ({ value, label: String(value) }))} />
      <Few
        name="grade"
        word={t('ledger.filter.grade')}
        options={replyGrades.map((value) => ({ value, label: t(`recommendations.grade.${value}`) }))}
      />
      {/* A board has an order of its own. */}
      {shape === 'table' && (
        <Select
          aria-label={t('ledger.sort.label')}
          value={sort}
          popupMatchSelectWidth={false}
          options={ledgerSorts.map((value) => ({ value, label: t(`ledger.sort.${value}`) }))}
          onChange={(next) => show({ sort: next })}
        />
      )}
      <ViewsMenu />
    </>
  )
}

/** Asks once typing pauses: each letter by itself is nothing to look for. */
function SearchField({ text = '', onChange }: { text: string | undefined; onChange: (text: string | undefined) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(text)
  const [asked, setAsked] = useState(text)
  // A view that is chosen, or going back, brings other words than were typed.
  if (asked !== text) {
    setAsked(text)
    setTyped(text)
  }
  useEffect(() => {
    const words = typed.trim()
    if (words === text) return
    const timer = setTimeout(() => onChange(words === '' ? undefined : words), typingPauseMs)
    return () => clearTimeout(timer)
  }, [typed, text, onChange])
  return (
    <Input.Search
      className="ledger-search"
      allowClear
      maxLength={60}
      value={typed}
      aria-label={t('ledger.searchLabel')}
      placeholder={t('ledger.search')}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}

function RegionFilter() {
  const { t } = useTranslation()
  const { filter, narrow } = useLedgerAddress()
  const code = filter.regionCode
  const path = useRegionNames(code === undefined ? [] : [code], []).get(code ?? '')
  const word = t('ledger.filter.regionCode')
  return (
    <span className="ledger-filter ledger-filter-wide">
      <RegionSelect
        aria-label={word}
        placeholder={word}
        allowClear
        {...(code === undefined ? {} : { value: code })}
        {...(code === undefined || !path ? {} : { known: [{ code, path: [...path] }] })}
        onChange={(next) => narrow({ regionCode: next })}
      />
    </span>
  )
}

type FewProps<K extends 'year' | 'grade'> = { name: K; word: string; options: { value: NonNullable<LedgerFilter[K]>; label: string }[] }

function Few<K extends 'year' | 'grade'>({ name, word, options }: FewProps<K>) {
  const { filter, narrow } = useLedgerAddress()
  return (
    <Select
      className="ledger-filter"
      allowClear
      aria-label={word}
      placeholder={word}
      popupMatchSelectWidth={false}
      value={filter[name] ?? null}
      options={options}
      onChange={(value) => narrow({ [name]: value ?? undefined })}
    />
  )
}
