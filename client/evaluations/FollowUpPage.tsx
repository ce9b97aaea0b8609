import { DownloadOutlined } from '@ant-design/icons'
import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { type Followed, registerFilePath } from '../../shared/look-backs.ts'
import { useMe } from '../identity/MeContext.tsx'
import { managedRegions } from '../stations/managedRegions.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { FollowedItem } from './FollowedItem.tsx'
import './evaluations.css'

/** What a secretariat still keeps an eye on: what is to be looked back on, and the register of what was not adopted. */
export function FollowUpPage() {
  const { t } = useTranslation()
  const { me, actor } = useMe()
  const [search, setSearch] = useSearchParams()
  if (me && managedRegions(actor, 'evaluation:manage').length === 0) return <NotAllowed />
  const tabs = [
    { key: 'look-backs', label: t('evaluations.follow.lookBacks'), children: <ToLookBack /> },
    {
      key: 'register',
      label: t('evaluations.follow.register'),
      children: <Register settled="no" empty={t('evaluations.follow.noRegister')} />,
    },
    {
      key: 'settled',
      label: t('evaluations.follow.settled'),
      children: <Register settled="yes" empty={t('evaluations.follow.noSettled')} />,
    },
  ]
  return (
    <section className="page page-narrow">
      <PageHead title={t('evaluations.follow.title')} />
      <Tabs
        destroyOnHidden
        activeKey={tabs.find(({ key }) => key === search.get('tab'))?.key ?? 'look-backs'}
        onChange={(key) => setSearch({ tab: key }, { replace: true })}
        items={tabs}
      />
    </section>
  )
}

function ToLookBack() {
  const { t } = useTranslation()
  return <FollowedList of={useQueryOf('look-backs', {})} empty={t('evaluations.follow.noLookBacks')} />
}

function Register({ settled, empty }: { settled: 'no' | 'yes'; empty: string }) {
  const { t } = useTranslation()
  const list = useQueryOf('register', { settled })
  return (
    <div className="stack">
      {list.data && list.data.length > 0 && (
        <a href={`${registerFilePath}?settled=${settled}`} download>
          <DownloadOutlined aria-hidden /> {t('evaluations.follow.download')}
        </a>
      )}
      <FollowedList of={list} empty={empty} />
    </div>
  )
}

type ListProps = { of: { data: Followed[] | undefined; error: unknown; refetch: () => unknown }; empty: string }

function FollowedList({ of, empty }: ListProps) {
  return (
    <Loaded of={of} skeleton={<ListSkeleton />}>
      {(list) =>
        list.length === 0 ? (
          <Empty>{empty}</Empty>
        ) : (
          <ul className="plain-list sheet">
            {list.map((followed) => (
              <FollowedItem key={followed.assignmentId} followed={followed} />
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}
