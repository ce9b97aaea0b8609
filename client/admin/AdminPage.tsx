import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { can } from '../../shared/policy.ts'
import { ClocksTab } from '../clocks/ClocksTab.tsx'
import { PoolTab } from '../evaluations/PoolTab.tsx'
import { RulesTab } from '../guard/RulesTab.tsx'
import { useMe } from '../identity/MeContext.tsx'
import { TemplateTab } from '../minutes/TemplateTab.tsx'
import { WebhooksTab } from '../notifications/WebhooksTab.tsx'
import { ProposalRulesTab } from '../proposals/RulesTab.tsx'
import { managedRegions } from '../stations/managedRegions.ts'
import { StationsTab } from '../stations/StationsTab.tsx'
import { LexiconTab } from '../topics/LexiconTab.tsx'
import { NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { AccountsTab } from './AccountsTab.tsx'
import { AuditTab } from './AuditTab.tsx'
import { mayAdminister } from './mayAdminister.ts'
import { OrganizationsTab } from './OrganizationsTab.tsx'
import './admin.css'

export function AdminPage() {
  const { t } = useTranslation()
  const { me, actor } = useMe()
  const [search, setSearch] = useSearchParams()
  if (me && !mayAdminister(actor)) return <NotAllowed />
  const tabs = [
    { key: 'accounts', label: t('admin.accounts'), children: <AccountsTab />, shown: can(actor, 'account:manage') },
    { key: 'organizations', label: t('admin.organizations'), children: <OrganizationsTab />, shown: true },
    { key: 'lexicon', label: t('topics.lexicon'), children: <LexiconTab />, shown: true },
    { key: 'clocks', label: t('clocks.tab'), children: <ClocksTab />, shown: true },
    {
      key: 'minutes',
      label: t('minutes.template.tab'),
      children: <TemplateTab />,
      shown: managedRegions(actor, 'minutes:template').length > 0,
    },
    {
      key: 'proposals',
      label: t('proposals.settings.tab'),
      children: <ProposalRulesTab />,
      shown: managedRegions(actor, 'proposal:rules').length > 0,
    },
    {
      key: 'rules',
      label: t('guard.rules'),
      children: <RulesTab />,
      shown: managedRegions(actor, 'guard:rules').length > 0,
    },
    {
      key: 'evaluators',
      label: t('evaluations.pool.tab'),
      children: <PoolTab />,
      shown: managedRegions(actor, 'evaluation:manage').length > 0,
    },
    {
      key: 'webhooks',
      label: t('notifications.webhooks'),
      children: <WebhooksTab />,
      shown: managedRegions(actor, 'webhook:manage').length > 0,
    },
    { key: 'stations', label: t('stations.stations'), children: <StationsTab />, shown: managedRegions(actor).length > 0 },
    { key: 'audit', label: t('admin.audit'), children: <AuditTab />, shown: can(actor, 'audit:read') },
  ].filter(({ shown }) => shown)
  const tab = tabs.find(({ key }) => key === search.get('tab')) ?? tabs[0]
  return (
    <section className="page">
      <PageHead title={t('shell.admin')} />
      <Tabs
        destroyOnHidden
        activeKey={tab?.key ?? ''}
        onChange={(key) => setSearch({ tab: key }, { replace: true })}
        items={tabs.map(({ shown, ...item }) => item)}
      />
    </section>
  )
}
