import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { type Station, stationKinds } from '../../shared/stations.ts'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

type Fields = Pick<Station, 'name' | 'kind' | 'regionCode'>

/** Opens a standing venue, which has its code from then on. */
export function NewStationForm() {
  const { t } = useTranslation()
  const create = useCommand('station:create')
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
      initialValues={{ kind: 'post' }}
      onFinish={(fields) => void make(fields)}
    >
      <Form.Item name="name" label={t('stations.name')} rules={[{ required: true, whitespace: true, message: t('admin.nameMissing') }]}>
        <Input maxLength={40} placeholder={t('stations.nameExample')} />
      </Form.Item>
      <Form.Item name="kind" label={t('admin.kind')}>
        <Select options={stationKinds.map((value) => ({ value, label: t(`stations.kind.${value}`) }))} />
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
