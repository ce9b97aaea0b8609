import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { v7 } from 'uuid'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { NotFound } from '../ui/NotFound.tsx'
import { emptyFields } from './form.ts'
import { ProposalForm } from './ProposalForm.tsx'

/** `?meeting=…&blocks=…&suggestions=…`: what was chosen in the minutes comes along in the address. */
export function NewProposalPage() {
  const [search] = useSearchParams()
  const meetingId = search.get('meeting')
  return meetingId ? <OfMeeting meetingId={meetingId} chosen={search} /> : <NotFound />
}

const listIn = (search: URLSearchParams, key: string) => search.get(key)?.split(',').filter(Boolean) ?? []

function OfMeeting({ meetingId, chosen }: { meetingId: string; chosen: URLSearchParams }) {
  const { me, actor } = useMe()
  return (
    <Loaded of={useQueryOf('meeting', { meetingId })}>
      {(meeting) =>
        me && !can(actor, 'proposal:propose', subjectOfMeeting(meeting)) ? <NotAllowed /> : <New meeting={meeting} chosen={chosen} />
      }
    </Loaded>
  )
}

function New({ meeting, chosen }: { meeting: Meeting; chosen: URLSearchParams }) {
  const navigate = useNavigate()
  const [id] = useState(() => v7())
  const initial = { ...emptyFields, blockIds: listIn(chosen, 'blocks'), suggestionIds: listIn(chosen, 'suggestions') }
  return (
    <ProposalForm
      meeting={meeting}
      id={id}
      proposal={null}
      initial={initial}
      onSaved={() => void navigate(`/recommendations/proposals/${id}`, { replace: true })}
      onAccepted={() => void navigate(`/recommendations/${id}`)}
    />
  )
}
