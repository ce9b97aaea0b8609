import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMe } from '../identity/MeContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { useAccept } from './useAccept.ts'

export function JoinAsMyself({ token }: { token: string }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { join, pending, failure } = useAccept(token)
  return (
    <div className="stack">
      <FailureNote failure={failure} />
      <Button type="primary" block autoFocus loading={pending} onClick={() => void join()}>
        {t('meetings.joinAs', { name: actor.name })}
      </Button>
      <LinkButton to="/sign-in" state={{ from: `/invite/${token}` }} block>
        {t('meetings.otherAccount')}
      </LinkButton>
    </div>
  )
}
