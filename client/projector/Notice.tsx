import type { Meeting } from '../../shared/meetings.ts'
import { When } from '../ui/When.tsx'
import { WayIn } from './WayIn.tsx'

/** Before, after, and when something does not work: one sentence, large, and the way in for phones. */
export function Notice({ meeting, words, details }: { meeting?: Meeting; words: string; details?: string }) {
  return (
    <main className="projector-notice">
      {meeting && <h1>{meeting.title}</h1>}
      {meeting?.status === 'scheduled' && (
        <p>
          <When at={meeting.startsAt} />
        </p>
      )}
      <p role="status">{words}</p>
      {details && <p className="projector-soft">{details}</p>}
      {meeting && meeting.status !== 'ended' && <WayIn code={meeting.code} />}
    </main>
  )
}
