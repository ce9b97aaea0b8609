import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import type { ScopeKind } from './GrantForm.tsx'
import { useAllOrganizations } from './useScopeNames.ts'

type Props = { id?: string; value?: string; onChange?: (where: string) => void }

/** Where a role is to hold. */
export function ScopeField({ kind, ...props }: Props & { kind: Exclude<ScopeKind, 'country'> }) {
  if (kind === 'region') return <RegionSelect {...props} />
  return kind === 'organization' ? <OrganizationSelect {...props} /> : <MeetingSelect {...props} />
}

function OrganizationSelect(props: Props) {
  const { t } = useTranslation()
  const organizations = useAllOrganizations()
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('admin.chooseOrganization')}
      options={organizations.map(({ id: value, name: label }) => ({ value, label }))}
      {...props}
    />
  )
}

function MeetingSelect(props: Props) {
  const { t } = useTranslation()
  const { data = [] } = useQueryOf('meetings', { limit: 200 })
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('admin.chooseMeeting')}
      options={data.map(({ id: value, title: label }) => ({ value, label }))}
      {...props}
    />
  )
}
