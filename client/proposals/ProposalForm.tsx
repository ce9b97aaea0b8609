import { App, Button, Form, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Meeting, mainRegionOf, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { brokenRules, proposalLimits } from '../../shared/proposal-rules.ts'
import type { Proposal } from '../../shared/proposals.ts'
import { useMe } from '../identity/MeContext.tsx'
import { PassagePicker, SuggestionPicker } from '../recommendations/SourcePickers.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { type Fields, sentOf, sourceCount } from './form.ts'
import { Measures } from './Measures.tsx'
import { NearHint } from './NearHint.tsx'
import { RegionField } from './RegionField.tsx'
import { Returned } from './Returned.tsx'
import { RuleList } from './RuleList.tsx'
import { Signers } from './Signers.tsx'
import { ThemePicker } from './ThemePicker.tsx'
import { useTakeProposal } from './useProposal.ts'
import { VotePicker } from './VotePicker.tsx'
import '../recommendations/recommendations.css'
import './proposals.css'

type Props = {
  meeting: Meeting
  id: string
  /** As it was stored last; null before that. */
  proposal: Proposal | null
  initial: Fields
  onSaved(): void
  onAccepted(): void
  /** What else can be done with it. */
  children?: ReactNode
}

/** Writing a proposal: kept as a draft at any time, handed in once it keeps the region's rules. */
export function ProposalForm({ meeting, id, proposal, initial, onSaved, onAccepted, children }: Props) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { message } = App.useApp()
  const [form] = Form.useForm<Fields>()
  const fields = { ...initial, ...Form.useWatch([], form) }
  const [regionCode, setRegionCode] = useState(proposal?.regionCode ?? mainRegionOf(meeting))
  const { data } = useQueryOf('proposal-form', { meetingId: meeting.id, regionCode })
  const rules = data?.rules
  const broken = rules ? brokenRules(rules, sentOf(fields), sourceCount(fields)) : []
  const take = useTakeProposal()
  // Not the newest but the one that is being edited: what another window saved meanwhile is not overwritten.
  const [textVersion, setTextVersion] = useState(proposal?.textVersion ?? 0)
  const save = useCommand('proposal:save')
  const submit = useCommand('proposal:submit')
  const create = useCommand('recommendation:create')
  const pending = save.pending || submit.pending || create.pending
  const draft = () => ({ id, meetingId: meeting.id, regionCode, ...sentOf({ ...initial, ...form.getFieldsValue() }) })
  const atOnce = rules?.sameReviewer === true && can(actor, 'recommendation:create', subjectOfMeeting(meeting))

  async function keep(): Promise<boolean> {
    const result = await save.send({ ...draft(), textVersion })
    if (result.ok) setTextVersion(result.value.textVersion)
    return take(result)
  }
  async function saveDraft() {
    if (!(await keep())) return
    void message.success(t('proposals.saved'))
    onSaved()
  }
  async function handIn() {
    if (!(await keep())) return
    if (!take(await submit.send({ proposalId: id }))) return
    void message.success(t('proposals.handedIn'))
    onSaved()
  }
  async function makeAtOnce() {
    const result = await create.send(draft())
    if (result.ok) onAccepted()
  }
  return (
    <section className="page page-narrow">
      <PageHead title={t('recommendations.new')} sub={<span className="soft">{meeting.title}</span>} />
      <Form<Fields> form={form} layout="vertical" initialValues={initial} className="stack stack-wide">
        {proposal?.returned && <Returned reason={proposal.returned} />}
        <Sheet title={t('recommendations.text')}>
          <Form.Item name="title" label={t('recommendations.titleField')}>
            <Input maxLength={proposalLimits.title} showCount />
          </Form.Item>
          <NearHint meetingId={meeting.id} title={fields.title} suggestionIds={fields.suggestionIds} exceptId={id} />
          <Form.Item name="body" className="counted" label={t('recommendations.body')} extra={t('recommendations.bodyHelp')}>
            <Input.TextArea autoSize={{ minRows: 5, maxRows: 20 }} maxLength={proposalLimits.body} showCount />
          </Form.Item>
          <Measures />
          <RegionField meeting={meeting} value={regionCode} onChange={setRegionCode} />
        </Sheet>
        <Sheet title={t('recommendations.passages')}>
          <PassagePicker meetingId={meeting.id} chosen={initial.blockIds} kept={proposal?.passages ?? []} />
        </Sheet>
        <Sheet title={t('recommendations.suggestions')} aside={t('recommendations.suggestionsHelp')}>
          <ThemePicker meetingId={meeting.id} kept={proposal?.themes ?? []} />
          <SuggestionPicker meetingId={meeting.id} kept={proposal?.suggestions ?? []} />
        </Sheet>
        <VotePicker meetingId={meeting.id} />
        {proposal && <Signers proposal={proposal} people={data?.people ?? []} />}
        <RuleList broken={broken} known={rules !== undefined} />
        <FailureNote failure={save.failure ?? submit.failure ?? create.failure} />
        <div className="row">
          {/* Not what Enter in a field does: a proposal is handed in on purpose. */}
          <Button
            type={atOnce ? 'default' : 'primary'}
            loading={submit.pending}
            disabled={pending || broken.length > 0}
            onClick={() => void handIn()}
          >
            {t('proposals.submit')}
          </Button>
          {atOnce && (
            <Button type="primary" loading={create.pending} disabled={pending || broken.length > 0} onClick={() => void makeAtOnce()}>
              {t('recommendations.create')}
            </Button>
          )}
          <Button loading={save.pending} disabled={pending} onClick={() => void saveDraft()}>
            {t('proposals.save')}
          </Button>
          {children}
        </div>
        {atOnce && <p className="soft small">{t('proposals.atOnceHelp')}</p>}
      </Form>
    </section>
  )
}
