import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Invitation, Meeting } from '../../shared/meetings.ts'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { InvitationForm } from './InvitationForm.tsx'

/** Links that let people in with a role: to make, copy and revoke. */
export function Invitations({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const input = { meetingId: meeting.id }
  const { data = [] } = useQueryOf('invitations', input)
  const queryClient = useQueryClient()
  const readAgain = () => queryClient.invalidateQueries({ queryKey: keyOf('invitations', input) })
  return (
    <Sheet title={t('meetings.invitations')}>
      {data.length === 0 && <p className="soft">{t('meetings.noInvitations')}</p>}
      <ul className="plain-list">
        {data.map((invitation) => (
          <InvitationLine key={invitation.id} invitation={invitation} meeting={meeting} onChange={readAgain} />
        ))}
      </ul>
      <InvitationForm meeting={meeting} onMade={readAgain} />
    </Sheet>
  )
}

type LineProps = { invitation: Invitation; meeting: Meeting; onChange: () => Promise<void> }

function InvitationLine({ invitation, meeting, onChange }: LineProps) {
  const { t } = useTranslation()
  const revoke = useCommand('invitation:revoke')
  const { id, token, role, siteId, uses, maxUses, expiresAt, revoked } = invitation
  const over = revoked || uses >= maxUses || Date.parse(expiresAt) < Date.now()
  const siteName = meeting.sites.find((site) => site.id === siteId)?.name

  async function end() {
    const result = await revoke.send({ invitationId: id })
    if (result.ok) await onChange()
  }
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
