import { Skeleton } from 'antd'
import { useMe } from '../identity/MeContext.tsx'
import { Unreadable } from '../ui/Loaded.tsx'
import { PublicHome } from './PublicHome.tsx'
import { Today } from './Today.tsx'

export function HomePage() {
  const { me, actor, failure, refresh } = useMe()
  if (failure) return <Unreadable error={failure} retry={() => void refresh()} />
  if (!me) return <Skeleton active className="page" />
  return actor.accountId === null || actor.grants.length === 0 ? <PublicHome /> : <Today />
}
