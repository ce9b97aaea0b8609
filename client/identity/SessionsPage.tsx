import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../shared/identity.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { deviceOf } from './deviceOf.ts'

/** Where I am signed in, and the way to end what is not me. */
export function SessionsPage() {
  const { t } = useTranslation()
  return (
    <section className="page page-narrow">
      <PageHead title={t('identity.mySessions')} sub={<span className="soft">{t('identity.mySessionsIntro')}</span>} />
      <Loaded of={useQueryOf('my-sessions', {})}>{(sessions) => <SessionTable sessions={sessions} />}</Loaded>
    </section>
  )
}

function SessionTable({ sessions }: { sessions: Session[] }) {
  const { t } = useTranslation()
  const revoke = useCommand('session:revoke')

  const end = (sessionId: string) => revoke.send({ sessionId })
  const action = ({ id, current }: Session) =>
    current ? (
      <StateTag tone="good">{t('identity.thisDevice')}</StateTag>
    ) : (
      <Button size="small" disabled={revoke.pending} onClick={() => void end(id)}>
        {t('identity.endSession')}
      </Button>
    )
  const columns: Column<Session>[] = [
    { key: 'device', title: t('identity.device'), draw: ({ userAgent }) => deviceOf(userAgent) ?? t('identity.unknownDevice') },
    { key: 'address', title: t('identity.address'), draw: ({ ipAddress }) => ipAddress },
    { key: 'since', title: t('identity.since'), draw: ({ createdAt }) => <When at={createdAt} /> },
    { key: 'action', title: t('common.actions'), draw: action },
  ]
  return (
    <div className="stack">
      <FailureNote failure={revoke.failure} />
      <DataTable label={t('identity.mySessions')} columns={columns} rows={sessions} keyOf={({ id }) => id} minWidth={640} />
    </div>
  )
}
