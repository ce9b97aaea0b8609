import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

type Props = { presets: readonly string[]; chosen: string; onChoose: (preset: string) => void }

/** What is said so often that one press is enough: by hand, or by its number while one of them is focused. */
export function Presets({ presets, chosen, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <fieldset
      className="presets"
      onKeyDown={(event) => {
        const preset = presets[Number(event.key) - 1]
        if (preset === undefined || event.ctrlKey || event.metaKey || event.altKey) return
        // The focus moves to the field, which would take the digit.
        event.preventDefault()
        onChoose(preset)
      }}
    >
      <legend className="visually-hidden">{t('suggestions.hidePresetsLabel')}</legend>
      {presets.map((preset, place) => (
        <Button
          key={preset}
          size="small"
          autoFocus={place === 0}
          type={preset === chosen ? 'primary' : 'default'}
          aria-pressed={preset === chosen}
          onClick={() => onChoose(preset)}
        >
          <kbd aria-hidden>{place + 1}</kbd> {preset}
        </Button>
      ))}
    </fieldset>
  )
}
