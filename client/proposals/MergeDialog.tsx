import { Form, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Proposal } from '../../shared/proposals.ts'
import { isUnderReview } from '../../shared/review-machine.ts'
import { ReasonDialog } from '../recommendations/ReasonDialog.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { useTakeProposal } from './useProposal.ts'

/** Unites a proposal with another one of its meeting that goes on. */
export function MergeDialog({ proposal: { id: proposalId, meetingId }, onClose }: { proposal: Proposal; onClose(): void }) {
  const { t } = useTranslation()
  const merge = useCommand('proposal:merge')
  const take = useTakeProposal()
  const [intoId, setIntoId] = useState<string>()
  const { data = [] } = useQueryOf('proposals', { meetingId, which: 'all', limit: 200 })
  const others = data.filter(({ id, status }) => id !== proposalId && (isUnderReview(status) || status === 'ready'))
  async function submit(reason: string) {
    if (intoId === undefined) return false
    return take(await merge.send({ proposalId, intoId, reason }))
  }
  return (
    <ReasonDialog title={t('proposals.move.merge')} button={t('proposals.move.merge')} {...merge} submit={submit} onClose={onClose}>
      <p className="soft">{t('proposals.mergeHelp')}</p>
      <Form.Item name="into" label={t('proposals.mergeInto')} rules={[{ required: true, message: t('proposals.mergeIntoMissing') }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          notFoundContent={t('proposals.nothingToMergeInto')}
          options={others.map(({ id, title, proposer, status }) => ({
            value: id,
            label: `${title} · ${proposer.name} · ${t(`proposals.status.${status}`)}`,
          }))}
          onChange={(id: string) => setIntoId(id)}
        />
      </Form.Item>
    </ReasonDialog>
  )
}
