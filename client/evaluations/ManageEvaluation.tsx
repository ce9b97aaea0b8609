import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Evaluation, Evaluator } from '../../shared/evaluations.ts'
import { ReasonDialog } from '../recommendations/ReasonDialog.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { DrawPanel } from './DrawPanel.tsx'
import { usePutEvaluation } from './useEvaluations.ts'

type Props = { evaluation: Evaluation; evaluators: Evaluator[] }

/** The secretariat's hand on an evaluation: who judges and by which links, the draw, and its end. */
export function ManageEvaluation({ evaluation, evaluators }: Props) {
  const { t } = useTranslation()
  const [replacing, setReplacing] = useState<Evaluator | null>(null)
  const columns: Column<Evaluator>[] = [
    {
      key: 'name',
      title: t('evaluations.name'),
      draw: ({ name, side, category }) => (
        <>
          {name} <span className="soft small">{category ? t(`evaluations.category.${category}`) : t(`evaluations.side.${side}`)}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('evaluations.state'),
      width: 120,
      draw: ({ given }) => <StateTag tone={given ? 'good' : 'plain'}>{t(given ? 'evaluations.hasGiven' : 'evaluations.notYet')}</StateTag>,
    },
    {
      key: 'link',
      title: t('evaluations.link'),
      width: 250,
      draw: (evaluator) =>
        evaluator.token && (
          <span className="row">
            <CopyButton text={`${location.origin}/evaluate/${evaluator.token}`} label={t('evaluations.linkOf', { name: evaluator.name })} />
            <Button onClick={() => setReplacing(evaluator)}>{t('evaluations.replace')}</Button>
            {evaluator.mailed && <span className="soft small">{t('evaluations.mailed')}</span>}
          </span>
        ),
    },
  ]
  return (
    <>
      <DataTable label={t('evaluations.evaluators')} columns={columns} rows={evaluators} keyOf={({ id }) => id} minWidth={640} />
      {evaluators.some(({ token }) => token) && <p className="soft small">{t('evaluations.linkHelp')}</p>}
      <DrawPanel evaluation={evaluation} />
      <CloseButton evaluation={evaluation} evaluators={evaluators} />
      {replacing && <Replace evaluator={replacing} onClose={() => setReplacing(null)} />}
    </>
  )
}

function CloseButton({ evaluation, evaluators }: Props) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const close = useCommand('evaluation:close')
  const put = usePutEvaluation()
  const ready = evaluators.every(({ given }) => given) && evaluation.draw?.drawn !== false
  if (!ready) return <p className="soft small">{t('evaluations.closeWaits')}</p>
  async function finish() {
    const result = await close.send({ evaluationId: evaluation.id })
    if (!result.ok) return
    setAsking(false)
    put(result.value)
  }
  return (
    <div>
      <Button onClick={() => setAsking(true)}>{t('evaluations.close')}</Button>
      {asking && (
        <ConfirmDialog
          title={t('evaluations.closeTitle')}
          text={t('evaluations.closeText')}
          okText={t('evaluations.close')}
          pending={close.pending}
          failure={close.failure}
          onOk={() => void finish()}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}

function Replace({ evaluator, onClose }: { evaluator: Evaluator; onClose(): void }) {
  const { t } = useTranslation()
  const replace = useCommand('evaluator:replace')
  const put = usePutEvaluation()
  return (
    <ReasonDialog
      title={`${t('evaluations.replaceTitle')} · ${evaluator.name}`}
      button={t('evaluations.replace')}
      {...replace}
      onClose={onClose}
      submit={async (reason) => {
        const result = await replace.send({ evaluatorId: evaluator.id, reason })
        if (result.ok) put(result.value)
        return result.ok
      }}
    >
      <p className="soft">{t('evaluations.replaceHelp')}</p>
    </ReasonDialog>
  )
}
