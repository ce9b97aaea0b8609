import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '../transport/http.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import type { Fields } from './form.ts'

type Props = { meetingId: string; kept: readonly { id: string; name: string }[] }

/** The themes it takes up. Choosing one chooses its suggestions too, which can then be left out one by one. */
export function ThemePicker({ meetingId, kept }: Props) {
  const { t } = useTranslation()
  const form = Form.useFormInstance<Fields>()
  const { data } = useQueryOf('themes', { meetingId })
  const found = (data?.themes ?? []).map(({ id, name, words, size }) => ({
    value: id,
    label: t('proposals.theme', { name: name ?? words.slice(0, 3).join('、'), count: size }),
  }))
  const gone = kept.filter(({ id }) => !found.some(({ value }) => value === id)).map(({ id, name }) => ({ value: id, label: name }))
  const options = [...found, ...gone]
  if (options.length === 0) return null

  async function addSuggestionsOf(themeId: string) {
    const suggestions = await get('theme-suggestions', { meetingId, themeId })
    const chosen: string[] = form.getFieldValue('suggestionIds') ?? []
    form.setFieldValue('suggestionIds', [...new Set([...chosen, ...suggestions.map(({ id }) => id)])])
  }
  return (
    <Form.Item name="themeIds" label={t('proposals.themes')} extra={t('proposals.themesHelp')}>
      <Select
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        options={options}
        placeholder={t('proposals.themesChoose')}
        onSelect={(themeId: string) => void addSuggestionsOf(themeId)}
      />
    </Form.Item>
  )
}
