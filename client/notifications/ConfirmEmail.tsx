import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { Sheet } from '../ui/Sheet.tsx'

/** Where the letter's link leads, signed in or not. A press confirms, since programs that check mail follow links too. */
export function ConfirmEmail({ token }: { token: string }) {
  const { t } = useTranslation()
  const confirm = useCommand('email:confirm')
  const [email, setEmail] = useState<string | null>(null)

  async function press() {
    const result = await confirm.send({ token })
    if (result.ok) setEmail(result.value.email)
  }
  return (
    <section className="page page-narrow">
      <PageHead title={t('notifications.confirmTitle')} />
      <Sheet title={t('notifications.byMail')}>
        {email === null ? (
          <div className="stack">
            <div>{t('notifications.confirmText')}</div>
            <FailureNote failure={confirm.failure} />
            <div>
              <Button type="primary" loading={confirm.pending} onClick={() => void press()}>
                {t('notifications.confirm')}
              </Button>
            </div>
          </div>
        ) : (
          <div className="stack">
            <div role="status">{t('notifications.confirmedText', { email })}</div>
            <div>
              <LinkButton to="/me/notices">{t('notifications.settings')}</LinkButton>
            </div>
          </div>
        )}
      </Sheet>
    </section>
  )
}
