import { CheckCircleOutlined, DisconnectOutlined, EyeOutlined, LaptopOutlined, SyncOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MinutesState } from './session.ts'

type Shown = 'saved' | 'saving' | 'connecting' | 'offline' | 'onDevice' | 'readOnly'

const icons: Record<Shown, ReactNode> = {
  saved: <CheckCircleOutlined aria-hidden />,
  saving: <SyncOutlined aria-hidden />,
  connecting: <SyncOutlined aria-hidden />,
  offline: <DisconnectOutlined aria-hidden />,
  onDevice: <LaptopOutlined aria-hidden />,
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

function shownOf({ link, mayEdit, loaded, saved, kept }: MinutesState): Shown {
  if (link === 'offline') return kept && !saved ? 'onDevice' : 'offline'
  if (link !== 'online' || !loaded) return 'connecting'
  if (!saved) return 'saving'
  return mayEdit === false ? 'readOnly' : 'saved'
}
