import { Card, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

/** The outline of a page that is being read. */
export function PageSkeleton() {
  const { t } = useTranslation()
  return (
    <section className="page" aria-busy="true" aria-label={t('shell.loading')}>
      <Skeleton active title={{ width: '40%' }} paragraph={{ rows: 1, width: '60%' }} />
      <Card className="page-gap">
        <Skeleton active paragraph={{ rows: 6 }} />
      </Card>
    </section>
  )
}
