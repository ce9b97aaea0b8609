import { useTranslation } from 'react-i18next'
import type { Participant } from '../../shared/media.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { useChairingHere } from './ChairingContext.tsx'

/** What there is to say of somebody beside the name: who presides, and what the chair has closed. */
export function Offices({ person }: { person: Participant }) {
  const { t } = useTranslation()
  const { meeting } = useFacts()
  const { chairing } = useChairingHere()
  const regionOf = (code: string) => meeting.regions.find((region) => region.code === code)?.path.at(-1) ?? ''
  const words = [
    ...(chairing?.chair?.accountId === person.accountId ? [t('chairing.chair')] : []),
    ...(chairing?.secondChairs ?? [])
      .filter(({ accountId }) => accountId === person.accountId)
      .map(({ regionCode }) => t('chairing.secondChairOf', { region: regionOf(regionCode) })),
    ...(person.heldByChair.includes('microphone') ? [t('chairing.heldMicrophone', { name: person.heldBy })] : []),
    ...(person.heldByChair.includes('camera') ? [t('chairing.heldCamera', { name: person.heldBy })] : []),
  ]
  return words.length > 0 && <span className="office small">{words.join(' · ')}</span>
}
