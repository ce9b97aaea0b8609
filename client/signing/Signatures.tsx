import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { publishedPath } from '../../shared/minutes-published.ts'
import { type MinutesState, signsFor } from '../../shared/minutes-stages.ts'
import { useMe } from '../identity/MeContext.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { Excuse } from './Excuse.tsx'
import { SignDialog, WithdrawDialog } from './SignDialog.tsx'
import { Unlocking } from './Unlocking.tsx'
import { usePublished } from './usePublished.ts'

type Props = { meeting: Meeting; state: MinutesState; openAmendments: number; learn: (state: MinutesState) => void }
type Region = Meeting['regions'][number]

export const nameOf = ({ path, code }: Region) => path.at(-1) ?? code

/** Each region's signature, or what keeps it away; and once all are there, the way to unlock. */
export function Signatures({ meeting, state, openAmendments, learn }: Props) {
  const { t } = useTranslation()
  return (
    <div className="stage-signatures">
      <ul aria-label={t('signing.signatures')}>
        {meeting.regions.map((region) => (
          <SignatureLine key={region.code} region={region} meeting={meeting} state={state} mayPress={openAmendments === 0} learn={learn} />
        ))}
      </ul>
      {state.stage === 'amending' && openAmendments > 0 && (
        <p className="stage-blocked">{t('signing.openAmendments', { count: openAmendments })}</p>
      )}
      {state.excuse && <Excuse excuse={state.excuse} />}
      {state.contentHash && (
        <p className="soft small stage-hash">
          {t('signing.hash')} <code>{state.contentHash.slice(0, 16)}…</code>{' '}
          <CopyButton text={state.contentHash} label={t('signing.copyHash')} />
        </p>
      )}
      <PublishedLink meeting={meeting} />
      {state.stage === 'signed' && <Unlocking meeting={meeting} state={state} learn={learn} />}
    </div>
  )
}

/** Where everybody reads what was signed, and reads too that it is being changed. */
function PublishedLink({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { editions, inForce } = usePublished(meeting.id)
  const shown = inForce ?? editions[0]
  if (!shown) return null
  const isPublic = shown.form?.audience !== 'participants'
  return <a href={publishedPath(meeting.code)}>{t(isPublic ? 'signing.published' : 'signing.signedPage')}</a>
}

type LineProps = { region: Region; meeting: Meeting; state: MinutesState; mayPress: boolean; learn: Props['learn'] }

function SignatureLine({ region, meeting, state, mayPress, learn }: LineProps) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [asked, setAsked] = useState<'sign' | 'withdraw' | null>(null)
  const signature = state.signatures.find(({ regionCode }) => regionCode === region.code)
  const amending = state.stage === 'amending'
  const signsElsewhere = state.signatures.some(({ accountId }) => accountId === actor.accountId)
  const maySign = amending && !signature && !signsElsewhere && signsFor(actor, meeting).includes(region.code)
  const close = () => setAsked(null)
  return (
    <li>
      <span className="stage-region">{region.path.join(' · ')}</span>
      {signature ? (
        <>
          <StateTag tone="good">{signature.name}</StateTag> <When at={signature.signedAt} />
        </>
      ) : (
        <StateTag tone="next">{t('signing.unsigned')}</StateTag>
      )}
      {maySign && (
        <Button type="primary" size="small" disabled={!mayPress} onClick={() => setAsked('sign')}>
          {t('signing.sign', { region: nameOf(region) })}
        </Button>
      )}
      {amending && signature?.accountId === actor.accountId && (
        <Button size="small" onClick={() => setAsked('withdraw')}>
          {t('signing.withdraw')}
        </Button>
      )}
      {asked === 'sign' && <SignDialog region={region} state={state} learn={learn} onClose={close} />}
      {asked === 'withdraw' && <WithdrawDialog region={region} meetingId={meeting.id} learn={learn} onClose={close} />}
    </li>
  )
}
