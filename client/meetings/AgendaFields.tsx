import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { Sheet } from '../ui/Sheet.tsx'
import { emptyAgendaItem } from './plan.ts'

/** The agenda's items; the arrows reorder them, by mouse, finger and keyboard alike. */
export function AgendaFields() {
  const { t } = useTranslation()
  return (
    <Form.List name="agenda">
      {(fields, { add, remove, move }) => (
        <Sheet title={t('meetings.agenda')} aside={<TotalMinutes />}>
          {fields.map(({ key, name }, place) => (
            <fieldset key={key} className="plan-row plan-agenda" aria-label={t('meetings.agendaItem', { place: place + 1 })}>
              <span className="plan-place">{place + 1}</span>
              <Form.Item name={[name, 'title']} rules={[{ required: true, whitespace: true, message: t('meetings.agendaMissing') }]}>
                <Input maxLength={120} placeholder={t('meetings.agendaTitle')} aria-label={t('meetings.agendaTitle')} />
              </Form.Item>
              <Form.Item name={[name, 'minutes']} rules={[{ required: true, message: t('meetings.minutesMissing') }]}>
                <InputNumber
                  min={1}
                  max={600}
                  precision={0}
                  suffix={t('meetings.minutesUnit')}
                  aria-label={t('meetings.minutesField')}
                  style={{ width: '100%' }}
                />
              </Form.Item>
              <div className="row">
                <Button
                  icon={<ArrowUpOutlined aria-hidden />}
                  aria-label={t('meetings.moveUp', { place: place + 1 })}
                  disabled={place === 0}
                  onClick={() => move(place, place - 1)}
                />
                <Button
                  icon={<ArrowDownOutlined aria-hidden />}
                  aria-label={t('meetings.moveDown', { place: place + 1 })}
                  disabled={place === fields.length - 1}
                  onClick={() => move(place, place + 1)}
                />
                <Button
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('meetings.removeItem', { place: place + 1 })}
                  disabled={fields.length === 1}
                  onClick={() => remove(name)}
                />
              </div>
            </fieldset>
          ))}
          <Button
            icon={<PlusOutlined aria-hidden />}
            className="plan-add"
            disabled={fields.length >= 50}
            onClick={() => add(emptyAgendaItem())}
          >
            {t('meetings.addAgenda')}
          </Button>
        </Sheet>
      )}
    </Form.List>
  )
}

function TotalMinutes() {
  const { t } = useTranslation()
  const agenda: ({ minutes?: number | null } | undefined)[] = Form.useWatch('agenda') ?? []
  return (
    <span aria-live="polite">{t('meetings.totalMinutes', { count: agenda.reduce((sum, item) => sum + (item?.minutes ?? 0), 0) })}</span>
  )
}
