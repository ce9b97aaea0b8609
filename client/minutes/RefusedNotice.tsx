import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { KeptCopies } from '../offline/KeptCopies.tsx'
import { Notice } from '../ui/Notice.tsx'
import type { OpenedMinutes } from './useMinutes.ts'

const known = ['not-signed-in', 'not-allowed', 'no-such-meeting', 'other-account'] as const
const isKnown = (refusal: string | null): refusal is (typeof known)[number] => known.some((one) => one === refusal)

/** Why the minutes do not open, and what to do about it. */
export function RefusedNotice({ refusal, heading, opened }: { refusal: string | null; heading: ReactNode; opened: OpenedMinutes }) {
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
        <KeptCopies opened={opened} />
      </Notice>
    </>
  )
}
