import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Notice } from '../ui/Notice.tsx'

const known = ['not-signed-in', 'not-allowed', 'no-such-meeting'] as const
const isKnown = (refusal: string | null): refusal is (typeof known)[number] => known.some((one) => one === refusal)

/** Why the minutes do not open, and what to do about it. */
export function RefusedNotice({ refusal, heading }: { refusal: string | null; heading: ReactNode }) {
  const { t } = useTranslation()
  return (
    <>
      <header className="minutes-head">
        <div className="minutes-heading">{heading}</div>
      </header>
      <Notice title={t('minutes.refused.title')} text={t(`minutes.refused.${isKnown(refusal) ? refusal : 'other'}`)}>
        {refusal === 'not-signed-in' ? (
          <Link to="/sign-in">{t('minutes.refused.signIn')}</Link>
        ) : (
          <Button onClick={() => location.reload()}>{t('common.retry')}</Button>
        )}
      </Notice>
    </>
  )
}
