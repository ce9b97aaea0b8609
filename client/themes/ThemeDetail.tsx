import { Checkbox, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import type { Theme, ThemeSuggestion } from '../../shared/themes.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { agreement } from '../voice/findings.ts'
import { ThemeActions } from './ThemeActions.tsx'
import { themeName } from './themeName.ts'
import { useReadThemes } from './useReadThemes.ts'

type Props = {
  meeting: Meeting
  theme: Theme | null
  themes: readonly Theme[]
  /** Whether those who were set aside are counted. */
  all: boolean
  mayModerate: boolean
  onGone: (intoId: string) => void
}

/** What is in a theme, and what a moderator may do with it. */
export function ThemeDetail({ meeting, theme, themes, all, mayModerate, onGone }: Props) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const input = { meetingId: meeting.id, ...(theme && { themeId: theme.id }), ...(all && { with: 'all' as const }) }
  const suggestions = useQueryOf('theme-suggestions', input, meeting.status === 'live' ? { refetchInterval: 15_000 } : {})
  const percent = theme && agreement(theme)
  const toggle = (id: string) => setChosen((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]))
  return (
    <Sheet
      title={theme ? themeName(theme) || t('themes.unnamed') : t('themes.loose')}
      aside={percent !== null && <span className="small">{t('themes.agreement', { percent })}</span>}
    >
      {mayModerate && theme && (
        <ThemeActions
          theme={theme}
          others={themes.filter(({ id }) => id !== theme.id)}
          chosen={chosen}
          onSplit={() => setChosen([])}
          onGone={onGone}
        />
      )}
      <Loaded of={suggestions} skeleton={<ListSkeleton />}>
        {(list) => (
          <ul className="themes-suggestions">
            {list.map((suggestion) => (
              <li key={suggestion.id}>
                {mayModerate && theme && (
                  <Checkbox
                    checked={chosen.includes(suggestion.id)}
                    onChange={() => toggle(suggestion.id)}
                    aria-label={t('themes.choose', { text: suggestion.text.slice(0, 40) })}
                  />
                )}
                <div className="grow">
                  <p className="pre themes-text">{suggestion.text}</p>
                  <SuggestionFacts suggestion={suggestion} />
                </div>
                {mayModerate && <MoveSelect suggestion={suggestion} themes={themes} currentId={theme?.id ?? null} />}
              </li>
            ))}
            {list.length === 0 && <li className="soft">{t(theme ? 'themes.emptyTheme' : 'themes.nothingLoose')}</li>}
          </ul>
        )}
      </Loaded>
    </Sheet>
  )
}

function SuggestionFacts({ suggestion: { supports, status, category, categoryProposed, fixed } }: { suggestion: ThemeSuggestion }) {
  const { t } = useTranslation()
  return (
    <p className="voice-facts">
      <span>{t('voice.supporters', { count: supports })}</span>
      <span>{t(`suggestions.status.${status}`)}</span>
      {category && <span>{categoryProposed ? t('themes.proposedCategory', { category }) : category}</span>}
      {fixed && <span>{t('themes.fixed')}</span>}
    </p>
  )
}

const nowhere = 'none'

type MoveProps = { suggestion: ThemeSuggestion; themes: readonly Theme[]; currentId: string | null }

function MoveSelect({ suggestion, themes, currentId }: MoveProps) {
  const { t } = useTranslation()
  const readAgain = useReadThemes()
  const move = useCommand('theme:move')
  async function put(to: string) {
    const result = await move.send({ suggestionId: suggestion.id, themeId: to === nowhere ? null : to })
    if (result.ok) readAgain()
  }
  const options = themes
    .filter(({ id }) => id !== currentId)
    .map((theme) => ({ value: theme.id, label: themeName(theme) || t('themes.unnamed') }))
  return (
    <div className="themes-move">
      <Select
        size="small"
        value={null}
        placeholder={t('themes.moveTo')}
        aria-label={t('themes.moveTo')}
        loading={move.pending}
        popupMatchSelectWidth={240}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(to: string | null) => to && void put(to)}
        options={currentId === null ? options : [...options, { value: nowhere, label: t('themes.outOfAll') }]}
      />
      <FailureNote failure={move.failure} />
    </div>
  )
}
