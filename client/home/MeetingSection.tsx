import type { ReactNode } from 'react'
import { useId } from 'react'
import type { MeetingSummary } from '../../shared/meetings.ts'
import { MeetingList } from '../meetings/MeetingList.tsx'
import { Empty } from '../ui/Empty.tsx'

type Props = { title: string; meetings: readonly MeetingSummary[]; empty?: ReactNode }

/** Meetings of one kind under a heading; nothing at all when there are none and no words for it. */
export function MeetingSection({ title, meetings, empty }: Props) {
  const id = useId()
  if (meetings.length === 0 && !empty) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {title}
      </h2>
      {meetings.length > 0 ? <MeetingList meetings={meetings} /> : <Empty>{empty}</Empty>}
    </section>
  )
}
