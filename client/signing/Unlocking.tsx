import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { type MinutesState, signsFor } from '../../shared/minutes-stages.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

type Props = { meeting: Meeting; state: MinutesState; learn: (state: MinutesState) => void }

/** Signed minutes are unlocked by all who sign for a region: one asks with a reason, the others consent, or keep them locked. */
export function Unlocking({ meeting, state, learn }: Props) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [asking, setAsking] = useState(false)
  const { unlocking } = state
  const own = signsFor(actor, meeting)
  const nameOf = (code: string) => meeting.regions.find((region) => region.code === code)?.path.at(-1) ?? code
  const left = own.filter((code) => !unlocking?.consents.some((consent) => consent.regionCode === code))
  if (!unlocking) {
    return own.length === 0 ? null : (
      <>
        <Button size="small" onClick={() => setAsking(true)}>
          {t('signing.unlock')}
        </Button>
        {asking && <UnlockDialog meetingId={meeting.id} regionCode={own[0]!} learn={learn} onClose={() => setAsking(false)} />}
      </>
    )
  }
  return (
    <div className="stage-unlocking" role="status">
      <p>{t('signing.unlocking', { name: unlocking.consents[0]?.name ?? '', reason: unlocking.reason })}</p>
      <p className="soft">
        {t('signing.consented', { regions: unlocking.consents.map(({ regionCode }) => nameOf(regionCode)).join('、') })}
      </p>
      {own.length > 0 && <Answer meetingId={meeting.id} consentsFor={left[0]} nameOf={nameOf} learn={learn} />}
    </div>
  )
}

type AnswerProps = { meetingId: string; consentsFor: string | undefined; nameOf: (code: string) => string; learn: Props['learn'] }

function Answer({ meetingId, consentsFor, nameOf, learn }: AnswerProps) {
  const { t } = useTranslation()
  const consent = useCommand('minutes:unlock')
  const keep = useCommand('minutes:keep-locked')
  return (
    <div className="row">
      {consentsFor !== undefined && (
        <Button
          size="small"
          type="primary"
          loading={consent.pending}
          onClick={() => void consent.send({ meetingId, regionCode: consentsFor }).then((result) => result.ok && learn(result.value))}
        >
          {t('signing.consent', { region: nameOf(consentsFor) })}
        </Button>
      )}
      <Button
        size="small"
        loading={keep.pending}
        onClick={() => void keep.send({ meetingId }).then((result) => result.ok && learn(result.value))}
      >
        {t('signing.keepLocked')}
      </Button>
      <FailureNote failure={consent.failure ?? keep.failure} />
    </div>
  )
}

type DialogProps = { meetingId: string; regionCode: string; learn: Props['learn']; onClose: () => void }

function UnlockDialog({ meetingId, regionCode, learn, onClose }: DialogProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ reason: string }>()
  const { send, pending, failure } = useCommand('minutes:unlock')
  async function ask({ reason }: { reason: string }) {
    const result = await send({ meetingId, regionCode, reason })
    if (!result.ok) return
    learn(result.value)
    onClose()
  }
  return (
    <Modal
      open
      title={t('signing.unlockTitle')}
      okText={t('signing.unlock')}
      cancelText={t('common.cancel')}
      confirmLoading={pending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('signing.unlockText')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void ask(fields)}>
        <Form.Item
          name="reason"
          label={t('signing.unlockReason')}
          rules={[{ required: true, whitespace: true, message: t('signing.reasonMissing') }]}
        >
          <Input.TextArea autoFocus maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
        <FailureNote failure={failure} />
      </Form>
    </Modal>
  )
}
