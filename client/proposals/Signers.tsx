import { Button, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Proposal, Signer } from '../../shared/proposals.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { useTakeProposal } from './useProposal.ts'

type Props = { proposal: Proposal; people: readonly { id: string; name: string }[] }

/** Who is asked to sign as well, by whom it is written. Nobody has to be waited for. */
export function Signers({ proposal, people }: Props) {
  const { t } = useTranslation()
  const invite = useCommand('proposal:invite')
  const take = useTakeProposal()
  const [chosen, setChosen] = useState<string>()
  const { id: proposalId, signers, status } = proposal
  const free = people.filter(({ id }) => !signers.some(({ accountId }) => accountId === id))
  const waiting = signers.filter(({ answer, current }) => answer === 'invited' || (answer === 'signed' && !current)).length

  async function set(accountId: string, invited: boolean) {
    if (take(await invite.send({ proposalId, accountId, invited }))) setChosen(undefined)
  }
  return (
    <Sheet title={t('proposals.signers')} aside={waiting > 0 && t('proposals.waiting', { count: waiting })}>
      <SignerList
        signers={signers}
        action={(signer) =>
          (status === 'draft' || signer.answer === 'invited') && (
            <Button
              size="small"
              disabled={invite.pending}
              aria-label={t('proposals.uninviteNamed', { name: signer.name })}
              onClick={() => void set(signer.accountId, false)}
            >
              {t('proposals.uninvite')}
            </Button>
          )
        }
      />
      <p className="soft small">{t('proposals.signersHelp')}</p>
      <div className="row">
        <Select
          className="signer-select"
          aria-label={t('proposals.inviteWhom')}
          placeholder={t('proposals.inviteWhom')}
          notFoundContent={t('proposals.nobodyToInvite')}
          showSearch={{ optionFilterProp: 'label' }}
          options={free.map(({ id, name }) => ({ value: id, label: name }))}
          {...(chosen === undefined ? {} : { value: chosen })}
          onChange={(id: string) => setChosen(id)}
        />
        <Button
          disabled={chosen === undefined}
          loading={invite.pending}
          onClick={() => {
            if (chosen !== undefined) void set(chosen, true)
          }}
        >
          {t('proposals.invite')}
        </Button>
      </div>
      <FailureNote failure={invite.failure} />
    </Sheet>
  )
}

const tones: Record<Signer['answer'], Tone> = { invited: 'next', signed: 'good', declined: 'plain' }

/** Who was asked, and what each answered. */
export function SignerList({ signers, action }: { signers: readonly Signer[]; action?: (signer: Signer) => ReactNode }) {
  const { t } = useTranslation()
  return (
    <ul className="plain-list">
      {signers.map((signer) => (
        <li key={signer.accountId} className="signer">
          <span className="grow">{signer.name}</span>
          {signer.answer === 'signed' && !signer.current ? (
            <StateTag tone="warn">{t('proposals.outdated')}</StateTag>
          ) : (
            <StateTag tone={tones[signer.answer]}>{t(`proposals.answer.${signer.answer}`)}</StateTag>
          )}
          {signer.at && (
            <span className="soft small">
              <When at={signer.at} />
            </span>
          )}
          {action?.(signer)}
        </li>
      ))}
    </ul>
  )
}
