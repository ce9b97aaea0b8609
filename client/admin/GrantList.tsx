import { useTranslation } from 'react-i18next'
import type { Account } from '../../shared/identity.ts'
import { useScopeNames } from './useScopeNames.ts'

/** Roles and where they hold, one in a line. */
export function GrantList({ grants }: { grants: Account['grants'] }) {
  const { t } = useTranslation()
  const nameOf = useScopeNames(grants.map(({ scope }) => scope))
  if (grants.length === 0) return <span className="soft">{t('admin.noRights')}</span>
  return grants.map(({ id, role, scope }) => (
    <div key={id}>
      {t(`common.role.${role}`)} <span className="soft">{nameOf(scope)}</span>
    </div>
  ))
}
