import { Card, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { z } from 'zod'
import type { meetingQueries } from '../../shared/meetings.ts'
import { useMe } from '../identity/MeContext.tsx'
import '../identity/identity.css'
import { RegionPaths } from '../regions/RegionPath.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { DoorPage } from '../ui/DoorPage.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { When } from '../ui/When.tsx'
import { JoinAsGuest } from './JoinAsGuest.tsx'
import { JoinAsMyself } from './JoinAsMyself.tsx'
import { MeetingStatusTag } from './MeetingStatusTag.tsx'

type Offer = z.output<(typeof meetingQueries)['invitation']['output']>

/** Where an invitation link leads: to what, as whom, and the two ways in. */
export function InvitePage() {
  const { t } = useTranslation()
  const { token = '' } = useParams()
  const invitation = useQueryOf('invitation', { token })
  return (
    <DoorPage title={t('meetings.invitation')}>
      <main>
        <Loaded of={invitation} skeleton={<Skeleton className="door-main" active />}>
          {(offer) => <Invited offer={offer} token={token} />}
        </Loaded>
      </main>
    </DoorPage>
  )
}

function Invited({ offer: { meeting, role, siteName }, token }: { offer: Offer; token: string }) {
  const { t } = useTranslation()
  const { me, actor } = useMe()
  const known = actor.accountId !== null && !actor.anonymous
  return (
    <div className="door-main">
      <p className="soft">{t('meetings.invitedTo')}</p>
      <h1>{meeting.title}</h1>
      <div className="invite-facts soft">
        <MeetingStatusTag status={meeting.status} />
        <When at={meeting.startsAt} />
        <RegionPaths regions={meeting.regions} />
      </div>
      <dl className="invite-as">
        <dt>{t('meetings.invitationRole')}</dt>
        <dd>{t(`common.role.${role}`)}</dd>
        <dt>{t('meetings.site')}</dt>
        <dd>{siteName ?? t('meetings.ownPlace')}</dd>
      </dl>
      {me && <Card>{known ? <JoinAsMyself token={token} /> : <JoinAsGuest token={token} />}</Card>}
    </div>
  )
}
