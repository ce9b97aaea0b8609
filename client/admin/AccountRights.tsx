import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../shared/identity.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { GrantForm } from './GrantForm.tsx'
import { useScopeNames } from './useScopeNames.ts'

/** One account's roles, to give and to take, and its sessions, to end. */
export function AccountRights({ account }: { account: Account }) {
  const { t } = useTranslation()
  const revoke = useCommand('role:revoke')
  const nameOf = useScopeNames(account.grants.map(({ scope }) => scope))
  return (
    <div className="stack">
      {account.grants.map(({ id, role, scope }) => (
        <div key={id} className="grant-line">
          <span>
            {t(`common.role.${role}`)} <span className="soft">{nameOf(scope)}</span>
          </span>
          <Button
            size="small"
            disabled={revoke.pending}
            aria-label={t('admin.revokeNamed', { role: t(`common.role.${role}`), scope: nameOf(scope) })}
            onClick={() => void revoke.send({ accountId: account.id, grantId: id })}
          >
            {t('common.revoke')}
          </Button>
        </div>
      ))}
      <FailureNote failure={revoke.failure} />
      <GrantForm accountId={account.id} />
      <EndSessions account={account} />
    </div>
  )
}

function EndSessions({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const end = useCommand('account:revoke-sessions')
  async function endAll() {
    const result = await end.send({ accountId: account.id })
    if (result.ok) void message.success(t('admin.sessionsEnded', { count: result.value.revoked }))
  }
  return (
    <div>
      <Button loading={end.pending} onClick={() => void endAll()}>
        {t('admin.endSessions')}
      </Button>
      <FailureNote failure={end.failure} />
    </div>
  )
}
