import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import type { MinutesState } from '../../shared/minutes-stages.ts'
import { useCommand } from '../transport/useCommand.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

type Region = Meeting['regions'][number]
type Common = { region: Region; learn: (state: MinutesState) => void; onClose: () => void }

/** Signs what the minutes say at the moment at which this opened: should they change meanwhile, the server refuses. */
export function SignDialog({ region, state, learn, onClose }: Common & { state: MinutesState }) {
  const { t } = useTranslation()
  const { send, pending, failure } = useCommand('minutes:sign')
  const [{ contentHash, formHash }] = useState({ contentHash: state.contentHash ?? '', formHash: state.formHash })
  const words = { region: region.path.at(-1) ?? region.code }
  async function sign() {
    const result = await send({ meetingId: state.meetingId, regionCode: region.code, contentHash, ...(formHash && { formHash }) })
    if (!result.ok) return
    learn(result.value)
    onClose()
  }
  return (
    <ConfirmDialog
      title={t('signing.signTitle', words)}
      text={
        <>
          {t('signing.signText')}
          <br />
          <span className="soft small stage-hash">
            {t('signing.hash')} <code>{contentHash}</code>
          </span>
        </>
      }
      okText={t('signing.sign', words)}
      pending={pending}
      failure={failure}
      onOk={() => void sign()}
      onClose={onClose}
    />
  )
}

export function WithdrawDialog({ region, meetingId, learn, onClose }: Common & { meetingId: string }) {
  const { t } = useTranslation()
  const { send, pending, failure } = useCommand('minutes:withdraw-signature')
  async function withdraw() {
    const result = await send({ meetingId, regionCode: region.code })
    if (!result.ok) return
    learn(result.value)
    onClose()
  }
  return (
    <ConfirmDialog
      title={t('signing.withdrawTitle', { region: region.path.at(-1) ?? region.code })}
      text={t('signing.withdrawText')}
      okText={t('signing.withdraw')}
      danger
      pending={pending}
      failure={failure}
      onOk={() => void withdraw()}
      onClose={onClose}
    />
  )
}
