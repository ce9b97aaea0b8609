import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

/** The paper, before there is anything to show on it. */
export function PaperSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="minutes-desk" aria-busy="true" role="status" aria-label={t('minutes.state.connecting')}>
      <div className="minutes-paper">
        <Skeleton active title={{ width: '35%' }} paragraph={{ rows: 3 }} />
        <Skeleton active title={{ width: '50%' }} paragraph={{ rows: 5 }} />
      </div>
    </div>
  )
}
