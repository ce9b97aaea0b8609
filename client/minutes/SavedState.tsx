import { CheckCircleOutlined, DisconnectOutlined, EyeOutlined, SyncOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MinutesState } from './session.ts'

type Shown = 'saved' | 'saving' | 'connecting' | 'offline' | 'readOnly'

const icons: Record<Shown, ReactNode> = {
  saved: <CheckCircleOutlined aria-hidden />,
  saving: <SyncOutlined aria-hidden />,
  connecting: <SyncOutlined aria-hidden />,
  offline: <DisconnectOutlined aria-hidden />,
  readOnly: <EyeOutlined aria-hidden />,
}

/** What is true of this page's changes right now. Not announced: it changes with every few letters. */
export function SavedState({ state }: { state: MinutesState }) {
  const { t } = useTranslation()
  const shown = shownOf(state)
  return (
    <span className={`minutes-state minutes-state-${shown}`} data-state={shown}>
      {icons[shown]} {t(`minutes.state.${shown}`)}
    </span>
  )
}

function shownOf({ link, mayEdit, loaded, saved }: MinutesState): Shown {
  if (link === 'offline') return 'offline'
  if (link !== 'online' || !loaded) return 'connecting'
  if (!saved) return 'saving'
  return mayEdit === false ? 'readOnly' : 'saved'
}
