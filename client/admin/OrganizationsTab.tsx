import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { type Organization, organizationKinds } from '../../shared/regions.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { useAllOrganizations } from './useScopeNames.ts'

/** The organizations of a region and below it, or all of them. */
export function OrganizationsTab() {
  const { t } = useTranslation()
  const [regionCode, setRegionCode] = useState<string>()
  const all = useAllOrganizations(regionCode === undefined)
  const { data: ofRegion = [] } = useQueryOf('organizations', { regionCode: regionCode ?? '' }, { enabled: regionCode !== undefined })
  const list = regionCode === undefined ? all : ofRegion
  return (
    <div className="stack stack-wide">
      <Sheet title={t('admin.newOrganization')}>
        <NewOrganizationForm />
      </Sheet>
      <div className="row">
        <div style={{ width: 360, maxWidth: '100%' }}>
          <RegionSelect
            aria-label={t('admin.filterRegion')}
            placeholder={t('admin.filterRegion')}
            {...(regionCode === undefined ? {} : { value: regionCode })}
            onChange={setRegionCode}
          />
        </div>
        {regionCode !== undefined && <Button onClick={() => setRegionCode(undefined)}>{t('common.all')}</Button>}
      </div>
      {list.length > 0 ? <OrganizationTable list={list} /> : <Empty>{t('admin.noOrganizations')}</Empty>}
    </div>
  )
}

function OrganizationTable({ list }: { list: readonly Organization[] }) {
  const { t } = useTranslation()
  const names = useRegionNames(
    list.map(({ regionCode }) => regionCode),
    [],
  )
  const columns: Column<Organization>[] = [
    { key: 'name', title: t('admin.organization'), draw: ({ name }) => name },
    { key: 'kind', title: t('admin.kind'), width: 160, draw: ({ kind }) => t(`regions.kind.${kind}`) },
    { key: 'region', title: t('admin.region'), draw: ({ regionCode }) => regionName(names.get(regionCode) ?? []) },
  ]
  return <DataTable label={t('admin.organizations')} columns={columns} rows={list} keyOf={({ id }) => id} minWidth={560} />
}

type Fields = Pick<Organization, 'name' | 'kind' | 'regionCode'>

function NewOrganizationForm() {
  const { t } = useTranslation()
  const create = useCommand('organization:create')
  const [id, setId] = useState(() => v7())
  const [form] = Form.useForm<Fields>()

  async function make(fields: Fields) {
    const result = await create.send({ id, ...fields })
    if (!result.ok) return
    setId(v7())
    form.resetFields()
  }
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="admin-form"
      initialValues={{ kind: 'department' }}
      onFinish={(fields) => void make(fields)}
    >
      <Form.Item
        name="name"
        label={t('admin.organization')}
        rules={[{ required: true, whitespace: true, message: t('admin.nameMissing') }]}
      >
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="kind" label={t('admin.kind')}>
        <Select options={organizationKinds.map((value) => ({ value, label: t(`regions.kind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="regionCode" label={t('admin.region')} rules={[{ required: true, message: t('admin.regionMissing') }]}>
        <RegionSelect />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={create.pending}>
        {t('common.create')}
      </Button>
      <FailureNote failure={create.failure} />
    </Form>
  )
}
