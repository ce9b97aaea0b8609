import { useTranslation } from 'react-i18next'
import type { Participant } from '../../shared/media.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { CallChair } from '../chairing/CallChair.tsx'
import { ChairDesk } from '../chairing/ChairDesk.tsx'
import { Offices } from '../chairing/Offices.tsx'
import { PersonMenu } from '../chairing/PersonMenu.tsx'
import { SiteSilence } from '../chairing/SiteSilence.tsx'
import { CameraIcon, MicrophoneIcon } from '../media/icons.tsx'
import { LineMark } from '../media/LineMark.tsx'
import { useFacts } from '../media/RoomContext.tsx'
import { regionName } from '../regions/RegionPath.tsx'

/** Who is here, by site, and who has been. */
export function PeopleTab() {
  const { t } = useTranslation()
  const { participants, meeting, selfId } = useFacts()
  const everyone = [...participants.values()]
  const here = everyone.filter((participant) => participant.present)
  const gone = everyone.filter((participant) => !participant.present)
  return (
    <div className="tab-body stack">
      <ChairDesk />
      <CallChair />
      <h2 className="panel-title">{t('room.people.present', { count: here.length })}</h2>
      {bySite(here, meeting).map(({ site, people }) => (
        <section key={site?.id ?? 'none'}>
          <h3 className="people-site">
            {site?.name ?? t('room.people.noSite')}
            <span className="soft small">{regionName(people[0]?.regionPath ?? [])}</span>
            {site && <SiteSilence site={site} people={people} />}
          </h3>
          <ul className="plain-list">
            {people.map((participant) => (
              <Person key={participant.id} participant={participant} self={participant.id === selfId} />
            ))}
          </ul>
        </section>
      ))}
      {gone.length > 0 && <h2 className="panel-title">{t('room.people.absent', { count: gone.length })}</h2>}
      <ul className="plain-list soft">
        {gone.map(({ id, name, siteName }) => (
          <li key={id}>{[name, siteName].filter(Boolean).join(' · ')}</li>
        ))}
      </ul>
    </div>
  )
}

function Person({ participant, self }: { participant: Participant; self: boolean }) {
  const { t } = useTranslation()
  const { name, role, microphone, camera } = participant
  return (
    <li className="person">
      <span className="grow">
        {self ? t('room.self', { name }) : name} <Offices person={participant} />
      </span>
      <span className="soft small">{t(`common.role.${role}`)}</span>
      <span role="img" aria-label={t(`room.microphone.${microphone}`)} title={t(`room.microphone.${microphone}`)}>
        <MicrophoneIcon state={microphone} />
      </span>
      <span role="img" aria-label={t(`room.camera.${camera}`)} title={t(`room.camera.${camera}`)}>
        <CameraIcon on={camera === 'on'} />
      </span>
      <LineMark participantId={participant.id} always />
      <PersonMenu person={participant} />
    </li>
  )
}

function bySite(people: Participant[], meeting: Meeting) {
  const groups = [...meeting.sites, null].map((site) => ({ site, people: people.filter(({ siteId }) => siteId === (site?.id ?? null)) }))
  return groups.filter((group) => group.people.length > 0)
}
