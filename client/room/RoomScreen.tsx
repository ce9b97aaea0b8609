import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChooseGroup } from '../breakouts/ChooseGroup.tsx'
import { GroupsBanner } from '../breakouts/GroupsBanner.tsx'
import { ChairingProvider } from '../chairing/ChairingContext.tsx'
import { RoomCards } from '../chairing/RoomCards.tsx'
import { useRoom } from '../media/RoomContext.tsx'
import { BottomBar } from './BottomBar.tsx'
import { Later } from './Later.tsx'
import { RoomTopBar } from './RoomTopBar.tsx'
import { SidePanel } from './SidePanel.tsx'
import { Stage } from './Stage.tsx'

/** The room from inside: the stage, the panel beside it, and the bar below. */
export function RoomScreen() {
  const { t } = useTranslation()
  const { phase } = useRoom().view
  const [wide, setWide] = useState(false)
  return (
    <ChairingProvider>
      <div className={wide ? 'room room-wide' : 'room'}>
        <RoomTopBar />
        <div className="room-notes">
          <div role="status" className={phase.name === 'returning' ? 'room-returning' : 'visually-hidden'}>
            {phase.name === 'returning' && t('room.returning')}
          </div>
          <GroupsBanner />
        </div>
        <Stage />
        <RoomCards>
          <ChooseGroup />
        </RoomCards>
        {/* Faces first: the panel's many parts would keep the first picture waiting. */}
        <Later place={<aside className="panel" aria-busy="true" aria-label={t('room.panel')} />}>
          <SidePanel wide={wide} onWide={setWide} />
        </Later>
        <BottomBar />
      </div>
    </ChairingProvider>
  )
}
