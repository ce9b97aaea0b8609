import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Invitation, Meeting } from '../../shared/meetings.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { InvitationForm } from './InvitationForm.tsx'

/** Links that let people in with a role: to make, copy and revoke. */
export function Invitations({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { data = [] } = useQueryOf('invitations', { meetingId: meeting.id })
  return (
    <Sheet title={t('meetings.invitations')}>
      {data.length === 0 && <p className="soft">{t('meetings.noInvitations')}</p>}
      <ul className="plain-list">
        {data.map((invitation) => (
          <InvitationLine key={invitation.id} invitation={invitation} meeting={meeting} />
        ))}
      </ul>
      <InvitationForm meeting={meeting} />
    </Sheet>
  )
}

type LineProps = { invitation: Invitation; meeting: Meeting }

function InvitationLine({ invitation, meeting }: LineProps) {
  const { t } = useTranslation()
  const revoke = useCommand('invitation:revoke')
  const { id, token, role, siteId, uses, maxUses, expiresAt, revoked } = invitation
  const over = revoked || uses >= maxUses || Date.parse(expiresAt) < Date.now()
  const siteName = meeting.sites.find((site) => site.id === siteId)?.name

  const end = () => revoke.send({ invitationId: id })
  return (
    <li className="invitation-line">
      <div className="row">
        <strong className="grow">{[t(`common.role.${role}`), siteName].filter(Boolean).join(' · ')}</strong>
        {over ? (
          <StateTag tone="plain">{revoked ? t('meetings.invitationRevoked') : t('meetings.invitationOver')}</StateTag>
        ) : (
          <>
            <CopyButton text={`${location.origin}/invite/${token}`} label={t('meetings.copyInvitation')} />
            <Button loading={revoke.pending} onClick={() => void end()}>
              {t('common.revoke')}
            </Button>
          </>
        )}
      </div>
      <div className="soft small">
        {t('meetings.invitationUses', { uses, maxUses })} · {t('meetings.validUntil')} <When at={expiresAt} />
      </div>
      <FailureNote failure={revoke.failure} />
    </li>
  )
}
