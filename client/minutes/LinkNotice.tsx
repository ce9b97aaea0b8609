import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { MinutesState } from './session.ts'

/** Says aloud what keeps people from writing, and what happens to what they wrote. */
export function LinkNotice({ state }: { state: MinutesState }) {
  const { t } = useTranslation()
  const kind = kindOf(state)
  return (
    <div role="status" className={kind ? `minutes-notice minutes-notice-${kind}` : 'visually-hidden'}>
      {kind && wordsOf(t, kind, state)}
    </div>
  )
}

type Kind = 'refusedText' | 'offlineText' | 'offlineKeptText' | 'onDeviceText' | 'unsavedText' | 'readOnlyText' | 'outdatedText'

function kindOf({ link, loaded, saved, kept, outdated, changeRefused, mayEdit }: MinutesState): Kind | null {
  if (outdated) return 'outdatedText'
  if (changeRefused || (link === 'online' && mayEdit === false && !saved)) return 'refusedText'
  if (link === 'offline' && loaded) return offlineKind(saved, kept)
  return mayEdit === false ? 'readOnlyText' : null
}

function offlineKind(saved: boolean, kept: boolean): Kind {
  if (saved) return kept ? 'offlineKeptText' : 'offlineText'
  return kept ? 'onDeviceText' : 'unsavedText'
}

function wordsOf(t: TFunction, kind: Kind, { writeRefusal }: MinutesState): string {
  if (writeRefusal === null || writeRefusal === 'read-only') return t(`minutes.state.${kind}`)
  const because = t(`minutes.state.refused.${writeRefusal}`)
  if (kind === 'refusedText') return t('minutes.state.changeRefused', { because })
  return kind === 'readOnlyText' ? because : t(`minutes.state.${kind}`)
}
