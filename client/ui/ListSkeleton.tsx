import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

/** The outline of a list that is being read. */
export function ListSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="sheet sheet-padded" role="status" aria-label={t('shell.loading')}>
      <Skeleton active title={false} paragraph={{ rows: 4 }} />
    </div>
  )
}
