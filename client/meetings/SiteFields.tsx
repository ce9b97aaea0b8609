import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { siteKinds } from '../../shared/meetings.ts'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import type { NamedRegion } from '../regions/useRegionChoices.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { emptySite } from './plan.ts'

export function SiteFields({ known }: { known: readonly NamedRegion[] }) {
  const { t } = useTranslation()
  return (
    <Form.List name="sites">
      {(fields, { add, remove }) => (
        <Sheet title={t('meetings.sites')}>
          {fields.map(({ key, name }, place) => (
            <fieldset key={key} className="plan-row plan-site" aria-label={t('meetings.siteOfPlan', { place: place + 1 })}>
              <Form.Item name={[name, 'name']} rules={[{ required: true, whitespace: true, message: t('meetings.siteNameMissing') }]}>
                <Input maxLength={60} placeholder={t('meetings.siteName')} aria-label={t('meetings.siteName')} />
              </Form.Item>
              <Form.Item name={[name, 'regionCode']} rules={[{ required: true, message: t('meetings.siteRegionMissing') }]}>
                <RegionSelect known={known} placeholder={t('meetings.siteRegion')} aria-label={t('meetings.siteRegion')} />
              </Form.Item>
              <Form.Item name={[name, 'kind']}>
                <Select
                  options={siteKinds.map((value) => ({ value, label: t(`meetings.siteKind.${value}`) }))}
                  aria-label={t('meetings.siteKindField')}
                />
              </Form.Item>
              <Button
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('meetings.removeSite', { place: place + 1 })}
                disabled={fields.length === 1}
                onClick={() => remove(name)}
              />
            </fieldset>
          ))}
          <Button icon={<PlusOutlined aria-hidden />} className="plan-add" disabled={fields.length >= 100} onClick={() => add(emptySite())}>
            {t('meetings.addSite')}
          </Button>
        </Sheet>
      )}
    </Form.List>
  )
}
