import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type Props = { title: ReactNode; windowTitle?: string; sub?: ReactNode; children?: ReactNode }

/** A page's title, what stands under it, and on its right what can be done. */
export function PageHead({ title, windowTitle, sub, children }: Props) {
  const { t } = useTranslation()
  return (
    <div className="page-head">
      <title>{`${windowTitle ?? (typeof title === 'string' ? title : '')} · ${t('shell.title')}`}</title>
      <div className="grow">
        <h1>{title}</h1>
        {sub && <div className="page-sub">{sub}</div>}
      </div>
      {children && <div className="row">{children}</div>}
    </div>
  )
}
