import { DownOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Dropdown, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useLanguage } from '../i18n/useLanguage.ts'
import { clearMinutes, unsentMinutes } from '../offline/leaving.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { signOut } from './auth.ts'
import './identity.css'
import { useMe } from './MeContext.tsx'

/** Who I am here: language, my sessions, sign out; or the way to sign in. */
export function AccountMenu() {
  const { me, actor, failure } = useMe()
  if (!me && !failure) return <Skeleton.Button active size="small" />
  return actor.accountId === null || actor.anonymous ? <SignedOut /> : <SignedIn name={actor.name} accountId={actor.accountId} />
}

function SignedOut() {
  const { t } = useTranslation()
  const { pathname, search } = useLocation()
  return (
    <div className="row">
      <LanguageSwitch />
      <LinkButton type="primary" to="/sign-in" state={{ from: pathname + search }}>
        {t('identity.signIn')}
      </LinkButton>
    </div>
  )
}

function SignedIn({ name, accountId }: { name: string; accountId: string }) {
  const { t } = useTranslation()
  const { language, choose } = useLanguage()
  const { refresh } = useMe()
  const navigate = useNavigate()

  const [unsent, setUnsent] = useState(0)
  const [leaving, setLeaving] = useState(false)

  /** What was written offline goes with the one who wrote it, so it is asked about first. */
  async function ask() {
    const left = await unsentMinutes(accountId)
    if (left > 0) setUnsent(left)
    else await leave()
  }
  async function leave() {
    setLeaving(true)
    const answer = await signOut()
    if (answer.ok) await clearMinutes(accountId)
    await navigate('/')
    await refresh()
  }
  const items = [
    {
      type: 'group' as const,
      label: t('shell.language'),
      children: [
        { key: 'zh-CN', label: t('shell.chinese'), onClick: () => choose('zh-CN') },
        { key: 'en', label: t('shell.english'), onClick: () => choose('en') },
      ],
    },
    { type: 'divider' as const },
    { key: 'notices', label: t('notifications.title'), onClick: () => void navigate('/me/notices') },
    { key: 'sessions', label: t('identity.mySessions'), onClick: () => void navigate('/me/sessions') },
    { key: 'leave', label: t('identity.signOut'), onClick: () => void ask() },
  ]
  return (
    <>
      <Dropdown menu={{ items, selectable: true, selectedKeys: [language] }} trigger={['click']}>
        <Button type="text" className="account-button" icon={<UserOutlined aria-hidden />} aria-label={t('identity.accountMenu', { name })}>
          <span>{name}</span> <DownOutlined />
        </Button>
      </Dropdown>
      {unsent > 0 && (
        <ConfirmDialog
          title={t('identity.unsentTitle')}
          text={t('identity.unsentText', { count: unsent })}
          okText={t('identity.signOutAnyway')}
          danger
          pending={leaving}
          failure={null}
          onOk={() => void leave()}
          onClose={() => setUnsent(0)}
        />
      )}
    </>
  )
}
