import { useQuery } from '@tanstack/react-query'
import { Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { type AssignmentPart, assignmentParts } from '../../shared/assignment-machine.ts'
import type { LedgerLine, Outcome } from '../../shared/ledger.ts'
import { useMe } from '../identity/MeContext.tsx'
import { managedRegions } from '../stations/managedRegions.ts'
import { get } from '../transport/http.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

type Props = { lines: readonly LedgerLine[]; onClose: () => void; onDone: (outcomes: readonly Outcome[]) => void }

/** Gives all of them to one department. */
export function IssueMany({ lines, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const issue = useCommand('ledger:issue-many')
  const departments = useOwnDepartments()
  const [part, setPart] = useState<AssignmentPart>('lead')
  const [organizationId, setOrganizationId] = useState<string>()
  // The same ids at every attempt: what was given before its answer was lost is not given twice.
  const [ids] = useState(() => new Map(lines.map((line) => [line.id, v7()])))

  async function give(organization: string) {
    const items = lines.map(({ id, recommendationId }) => ({
      id: ids.get(id)!,
      recommendationId: recommendationId!,
      organizationId: organization,
      part,
    }))
    const result = await issue.send({ items })
    if (result.ok) onDone(result.value)
  }
  return (
    <Modal
      open
      title={t('ledger.issueTitle', { count: lines.length })}
      okText={t('ledger.issueMany')}
      okButtonProps={{ disabled: organizationId === undefined }}
      cancelText={t('common.cancel')}
      confirmLoading={issue.pending}
      onOk={() => organizationId && void give(organizationId)}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">{t('ledger.issueHelp')}</p>
        <Select
          aria-label={t('recommendations.department')}
          placeholder={t('ledger.issueChoose')}
          showSearch={{ optionFilterProp: 'label' }}
          options={departments}
          value={organizationId ?? null}
          onChange={setOrganizationId}
          notFoundContent={t('recommendations.noDepartments')}
        />
        <Segmented<AssignmentPart>
          aria-label={t('ledger.issuePart')}
          value={part}
          onChange={setPart}
          options={assignmentParts.map((value) => ({ value, label: t(`handling.part.${value}`) }))}
        />
        <FailureNote failure={issue.failure} />
      </div>
    </Modal>
  )
}

/** The departments of the regions whose secretariat one is. */
function useOwnDepartments() {
  const { actor } = useMe()
  const codes = managedRegions(actor, 'assignment:issue').filter((code) => code !== '')
  const { data = [] } = useQuery({
    queryKey: ['organizations', 'own', codes],
    queryFn: async ({ signal }) => (await Promise.all(codes.map((regionCode) => get('organizations', { regionCode }, signal)))).flat(),
    staleTime: 60_000,
  })
  return data.filter(({ kind }) => kind === 'department').map(({ id, name }) => ({ value: id, label: name }))
}
