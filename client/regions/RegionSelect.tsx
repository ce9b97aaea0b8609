import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { regionName } from './RegionPath.tsx'
import { type NamedRegion, useRegionChoices } from './useRegionChoices.ts'

type Common = {
  id?: string
  'aria-label'?: string
  allowClear?: boolean
  known?: readonly NamedRegion[]
  placeholder?: string
  disabled?: boolean
}
type One = Common & {
  /** Only these and what lies below them; `''` is the whole country. */
  within?: readonly string[]
  value?: string
  onChange?: (code: string) => void
}
type Many = Common & { value?: string[]; onChange?: (codes: string[]) => void }

const optionOf = ({ code, path }: NamedRegion) => ({ value: code, label: regionName(path) })

/** Finds a region of any level by its name. `known` names the regions chosen earlier, which a search may not have met. */
export function RegionSelect({ known, within, ...props }: One) {
  const { t } = useTranslation()
  const { found, named, setText, searching } = useRegionChoices(known, within)
  const chosen = named.filter(({ code }) => code === props.value && !found.some((region) => region.code === code))
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={searching}
      options={[...found, ...chosen].map(optionOf)}
      notFoundContent={t('regions.nothingFound')}
      {...props}
      placeholder={props.placeholder ?? t('regions.search')}
    />
  )
}

/** Finds several regions. */
export function RegionsSelect({ known, ...props }: Many) {
  const { t } = useTranslation()
  const { found, named, setText, searching } = useRegionChoices(known)
  const chosen = named.filter(({ code }) => props.value?.includes(code) && !found.some((region) => region.code === code))
  return (
    <Select
      mode="multiple"
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={searching}
      options={[...found, ...chosen].map(optionOf)}
      notFoundContent={t('regions.nothingFound')}
      {...props}
      placeholder={props.placeholder ?? t('regions.search')}
    />
  )
}
