import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { proposalLimits } from '../../shared/proposal-rules.ts'

/** The concrete measures, each an item of its own. */
export function Measures() {
  const { t } = useTranslation()
  return (
    <Form.List name="measures">
      {(items, { add, remove }) => (
        <fieldset className="measures">
          <legend>{t('proposals.measures')}</legend>
          {items.map(({ key, name }) => (
            <div key={key} className="measure">
              <span className="soft">{name + 1}.</span>
              <Form.Item name={name} noStyle>
                <Input.TextArea
                  aria-label={t('proposals.measure', { n: name + 1 })}
                  autoSize={{ minRows: 1, maxRows: 6 }}
                  maxLength={proposalLimits.measure}
                />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('proposals.removeMeasure', { n: name + 1 })}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined aria-hidden />} disabled={items.length >= proposalLimits.measures} onClick={() => add('')}>
            {t('proposals.addMeasure')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  )
}
