import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useMe } from '../identity/MeContext.tsx'
import { failureOf } from '../transport/failures.ts'
import { NotFound } from './NotFound.tsx'
import { Notice } from './Notice.tsx'
import { PageSkeleton } from './PageSkeleton.tsx'
import { useFailureText } from './useFailureText.ts'

type Read<T> = { data: T | undefined; error: unknown; refetch: () => unknown }

/** Draws a thing once it is read: before that its outline, and if it cannot be read, why and what to do. */
export function Loaded<T>({ of, skeleton, children }: { of: Read<T>; skeleton?: ReactNode; children: (thing: T) => ReactNode }) {
  if (of.data !== undefined) return children(of.data)
  if (of.error) return <Unreadable error={of.error} retry={() => void of.refetch()} />
  return skeleton ?? <PageSkeleton />
}

export function Unreadable({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation()
  const textOf = useFailureText()
  const failure = failureOf(error)
  if (failure.code === 'not-found') return <NotFound />
  if (failure.code === 'not-allowed' || failure.code === 'not-signed-in') return <NotAllowed />
  return (
    <Notice title={t('shell.unreadable.title')} text={`${textOf(failure)} ${t('shell.unreadable.lost')}`}>
      <Button type="primary" onClick={retry}>
        {t('common.retry')}
      </Button>
    </Notice>
  )
}

/** For those whose account does not reach here: the way to sign in with one that does. */
export function NotAllowed() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  return (
    <Notice title={t('shell.notAllowed.title')} text={t('shell.notAllowed.text')}>
      {(actor.accountId === null || actor.anonymous) && (
        <Button type="primary" onClick={() => void navigate('/sign-in', { state: { from: pathname + search } })}>
          {t('identity.signIn')}
        </Button>
      )}
      <Button onClick={() => void navigate('/')}>{t('shell.notFound.home')}</Button>
    </Notice>
  )
}
