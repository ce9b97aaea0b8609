import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { v7 } from 'uuid'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { NotFound } from '../ui/NotFound.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { PassagePicker, SuggestionPicker } from './SourcePickers.tsx'
import './recommendations.css'

type Fields = { title: string; body: string; blockIds: string[]; suggestionIds: string[] }

/** `?meeting=…&blocks=…&suggestions=…`: what was chosen in the minutes comes along in the address. */
export function NewRecommendationPage() {
  const [search] = useSearchParams()
  const meetingId = search.get('meeting')
  return meetingId ? <OfMeeting meetingId={meetingId} chosen={search} /> : <NotFound />
}

const listIn = (search: URLSearchParams, key: string) => search.get(key)?.split(',').filter(Boolean) ?? []

function OfMeeting({ meetingId, chosen }: { meetingId: string; chosen: URLSearchParams }) {
  const { me, actor } = useMe()
  const initial = { title: '', body: '', blockIds: listIn(chosen, 'blocks'), suggestionIds: listIn(chosen, 'suggestions') }
  return (
    <Loaded of={useQueryOf('meeting', { meetingId })}>
      {(meeting) =>
        me && !can(actor, 'recommendation:create', subjectOfMeeting(meeting)) ? (
          <NotAllowed />
        ) : (
          <Draft meeting={meeting} initial={initial} />
        )
      }
    </Loaded>
  )
}

function Draft({ meeting, initial }: { meeting: Meeting; initial: Fields }) {
  const { t } = useTranslation()
  const create = useCommand('recommendation:create')
  const navigate = useNavigate()
  const [id] = useState(() => v7())

  async function submit(fields: Fields) {
    const result = await create.send({ id, meetingId: meeting.id, ...initial, ...fields })
    if (result.ok) await navigate(`/recommendations/${id}`)
  }
  return (
    <section className="page page-narrow">
      <PageHead title={t('recommendations.new')} sub={<span className="soft">{meeting.title}</span>} />
      <Form<Fields>
        layout="vertical"
        initialValues={initial}
        scrollToFirstError={{ focus: true }}
        onFinish={(fields) => void submit(fields)}
        className="stack stack-wide"
      >
        <Sheet title={t('recommendations.text')}>
          <Form.Item
            name="title"
            label={t('recommendations.titleField')}
            rules={[{ required: true, whitespace: true, message: t('recommendations.titleMissing') }]}
          >
            <Input maxLength={80} showCount />
          </Form.Item>
          <Form.Item
            name="body"
            className="counted"
            label={t('recommendations.body')}
            extra={t('recommendations.bodyHelp')}
            rules={[{ required: true, whitespace: true, message: t('recommendations.bodyMissing') }]}
          >
            <Input.TextArea autoSize={{ minRows: 5, maxRows: 20 }} maxLength={4_000} showCount />
          </Form.Item>
        </Sheet>
        <Sheet title={t('recommendations.passages')} aside={t('recommendations.passagesHelp')}>
          <PassagePicker meetingId={meeting.id} chosen={initial.blockIds} />
        </Sheet>
        <Sheet title={t('recommendations.suggestions')} aside={t('recommendations.suggestionsHelp')}>
          <SuggestionPicker meetingId={meeting.id} />
        </Sheet>
        <FailureNote failure={create.failure} />
        <div className="row">
          <Button type="primary" htmlType="submit" loading={create.pending}>
            {t('recommendations.create')}
          </Button>
          <LinkButton to={`/meetings/${meeting.id}`}>{t('common.cancel')}</LinkButton>
        </div>
      </Form>
    </section>
  )
}
