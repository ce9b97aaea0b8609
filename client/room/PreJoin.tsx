import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { DeviceHelp } from '../media/DeviceHelp.tsx'
import { DeviceSettings } from '../media/DeviceSettings.tsx'
import { LineCheck } from '../media/LineCheck.tsx'
import { useRoom } from '../media/RoomContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Door } from './Door.tsx'
import { Preview } from './Preview.tsx'

const alone = 'alone'

/** The door of a live meeting: where I sit, under which name, with which devices. */
export function PreJoin({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { session, view } = useRoom()
  const [place, setPlace] = useState(useStartingPlace(meeting))
  const [name, setName] = useState(actor.name)
  const mayTalk = can(actor, 'room:speak', subjectOfMeeting(meeting))
  const joining = view.phase.name === 'joining'

  function enter() {
    if (!place) return
    void session.join({ siteId: place === alone ? null : place, name: actor.anonymous ? name.trim() || undefined : undefined })
  }
  return (
    <Door title={t('room.join.title')} wide={mayTalk}>
      <p className="door-meeting">{meeting.title}</p>
      <div className={mayTalk ? 'door-columns' : undefined}>
        <div className="door-devices">
          {mayTalk ? <Preview name={name} /> : <p className="soft">{t('room.join.listenOnly')}</p>}
          {mayTalk && <DeviceHelp problems={view.local.problems} onRetry={() => void session.openDevices()} />}
          {mayTalk && (
            <details className="door-check">
              <summary>{t('media.check.title')}</summary>
              <DeviceSettings />
              <LineCheck meetingId={meeting.id} />
            </details>
          )}
          {mayTalk && Object.keys(view.local.problems).length > 0 && <p className="soft small">{t('room.join.withoutDevices')}</p>}
        </div>
        <Form layout="vertical" requiredMark={false} onFinish={enter}>
          <Form.Item label={t('room.join.site')} htmlFor="site">
            <Select
              id="site"
              size="large"
              placeholder={t('room.join.sitePick')}
              value={place}
              onChange={setPlace}
              options={placesOf(meeting, t('room.join.noSite'))}
            />
          </Form.Item>
          <Form.Item label={t('room.join.name')} htmlFor="name">
            <Input
              id="name"
              size="large"
              maxLength={40}
              value={name}
              disabled={!actor.anonymous}
              onChange={(event) => setName(event.target.value)}
            />
          </Form.Item>
          <FailureNote failure={view.phase.name === 'refused' ? view.phase.failure : null} />
          <div className="row door-actions">
            <Button type="primary" size="large" htmlType="submit" loading={joining} disabled={!place}>
              {joining ? t('room.join.entering') : t('room.join.enter')}
            </Button>
            <LinkButton size="large" to={`/meetings/${meeting.id}`}>
              {t('room.join.back')}
            </LinkButton>
          </div>
        </Form>
      </div>
    </Door>
  )
}

/** The invitation names a site as `?site=`; a meeting with one site leaves nothing to choose. */
function useStartingPlace(meeting: Meeting): string | null {
  const [search] = useSearchParams()
  const given = meeting.sites.find((site) => site.id === search.get('site'))
  const only = meeting.sites.length === 1 ? meeting.sites[0] : undefined
  return (given ?? only)?.id ?? null
}

const placesOf = (meeting: Meeting, nowhere: string) => [
  ...meeting.sites.map((site) => ({ value: site.id, label: site.name })),
  { value: alone, label: nowhere },
]
