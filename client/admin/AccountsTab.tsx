import { Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../shared/identity.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { AccountRights } from './AccountRights.tsx'
import { GrantList } from './GrantList.tsx'
import { NewAccountForm } from './NewAccountForm.tsx'

/** People: who has an account, what they may do where. A row opens to change that. */
export function AccountsTab() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const sought = useDeferredValue(text.trim())
  const accounts = useQueryOf('accounts', sought ? { text: sought } : {})
  return (
    <div className="stack stack-wide">
      <Sheet title={t('admin.newAccount')}>
        <NewAccountForm />
      </Sheet>
      <Input.Search
        allowClear
        value={text}
        maxLength={40}
        aria-label={t('admin.searchAccounts')}
        placeholder={t('admin.searchAccounts')}
        onChange={(event) => setText(event.target.value)}
        style={{ maxWidth: 360 }}
      />
      <Loaded of={accounts} skeleton={<ListSkeleton />}>
        {(list) => <AccountTable accounts={list} />}
      </Loaded>
    </div>
  )
}

function AccountTable({ accounts }: { accounts: Account[] }) {
  const { t } = useTranslation()
  const nameOf = ({ name, anonymous }: Account) => (anonymous ? `${name || t('admin.unnamed')} (${t('admin.visitor')})` : name)
  const columns: Column<Account>[] = [
    { key: 'name', title: t('admin.name'), width: 180, draw: nameOf },
    { key: 'username', title: t('identity.username'), width: 180, draw: ({ username }) => username },
    { key: 'rights', title: t('admin.rights'), draw: ({ grants }) => <GrantList grants={grants} /> },
  ]
  return (
    <DataTable
      label={t('admin.accounts')}
      columns={columns}
      rows={accounts}
      keyOf={({ id }) => id}
      minWidth={640}
      details={{
        draw: (account) => <AccountRights account={account} />,
        nameOf: (account) => t('admin.rightsOf', { name: nameOf(account) }),
      }}
    />
  )
}
