import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../shared/audit.ts'
import { get } from '../transport/http.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'

const pageLength = 100
const shownOfHash = 12

/** Who did what, newest first. The hash ties each entry to the one before. */
export function AuditTab() {
  const { t } = useTranslation()
  const trail = useInfiniteQuery({
    queryKey: ['audit'],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      get('audit', { limit: pageLength, ...(pageParam === undefined ? {} : { before: pageParam }) }, signal),
    getNextPageParam: (page) => (page.length < pageLength ? undefined : (page.at(-1)?.place ?? undefined)),
  })
  return (
    <Loaded of={{ data: trail.data?.pages.flat(), error: trail.error, refetch: trail.refetch }} skeleton={<ListSkeleton />}>
      {(entries) => (
        <div className="stack">
          <p className="soft">{t('admin.auditIntro')}</p>
          <AuditTable entries={entries} />
          {trail.hasNextPage && (
            <div>
              <Button loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
                {t('admin.older')}
              </Button>
            </div>
          )}
        </div>
      )}
    </Loaded>
  )
}

function AuditTable({ entries }: { entries: AuditEntry[] }) {
  const { t } = useTranslation()
  const unsealed = <StateTag tone="next">{t('admin.unsealed')}</StateTag>
  const who = ({ actorId, actorName }: AuditEntry) => (actorId === null ? t('admin.system') : actorName || t('admin.visitor'))
  const short = (hash: string) => (
    <span className="hash" title={hash}>
      {hash.slice(0, shownOfHash)}
    </span>
  )
  const columns: Column<AuditEntry>[] = [
    { key: 'place', title: t('admin.place'), width: 96, align: 'right', draw: ({ place }) => place ?? unsealed },
    { key: 'at', title: t('admin.at'), draw: ({ at }) => <When at={at} /> },
    { key: 'who', title: t('admin.who'), draw: who },
    { key: 'action', title: t('admin.action'), draw: ({ action }) => <ActionName action={action} /> },
    { key: 'subject', title: t('admin.subject'), draw: ({ subjectId }) => <span className="hash hash-whole soft">{subjectId}</span> },
    { key: 'hash', title: t('admin.hash'), draw: ({ hash }) => hash && short(hash) },
  ]
  const keyOf = ({ hash, at, action, subjectId }: AuditEntry) => hash ?? `${at} ${action} ${subjectId}`
  return <DataTable label={t('admin.audit')} columns={columns} rows={entries} keyOf={keyOf} minWidth={1100} />
}

/** An action in words, when there are words for it; else its own name, which is what the trail holds. */
function ActionName({ action }: { action: string }) {
  const { t, i18n } = useTranslation()
  const key = `admin.did.${action.replace(':', '-')}`
  // Actions are open-ended; the key is checked before it is used.
  return i18n.exists(key) ? t(key as 'admin.did.meeting-open') : action
}
