import { useTranslation } from 'react-i18next'
import type { MinutesState } from './session.ts'

/** Says aloud what keeps people from writing, and what happens to what they wrote. */
export function LinkNotice({ state }: { state: MinutesState }) {
  const { t } = useTranslation()
  const words = wordsOf(state)
  return (
    <div role="status" className={words ? `minutes-notice minutes-notice-${words}` : 'visually-hidden'}>
      {words && t(`minutes.state.${words}`)}
    </div>
  )
}

function wordsOf({ link, loaded, saved, changeRefused, mayEdit }: MinutesState) {
  if (changeRefused || (link === 'online' && mayEdit === false && !saved)) return 'refusedText'
  if (link === 'offline' && loaded) return saved ? 'offlineText' : 'unsavedText'
  return mayEdit === false ? 'readOnlyText' : null
}
