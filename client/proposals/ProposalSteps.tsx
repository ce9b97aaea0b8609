import { Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Proposal, ProposalStep } from '../../shared/proposals.ts'
import { When } from '../ui/When.tsx'

/** Every step that it took, in order. */
export function ProposalSteps({ proposal: { steps, createdAt, proposer } }: { proposal: Proposal }) {
  const begun = { key: 'begun', color: 'var(--primary)', content: <Step word="begun" at={createdAt} byName={proposer.name} reason="" /> }
  const made = steps.map(({ move, ...step }) => ({
    key: `${move} ${step.at}`,
    color: 'var(--primary)',
    content: <Step word={move} {...step} />,
  }))
  return <Timeline items={[begun, ...made]} />
}

type Props = Omit<ProposalStep, 'move'> & { word: ProposalStep['move'] | 'begun' }

function Step({ word, at, byName, reason }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <div className="row row-wide">
        <strong>{t(`proposals.step.${word}`)}</strong>
        <When at={at} />
        <span className="soft">{byName}</span>
      </div>
      {reason && <div className="pre">{reason}</div>}
    </>
  )
}
