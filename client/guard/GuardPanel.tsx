import { Loaded } from '../ui/Loaded.tsx'
import { Barred } from './Barred.tsx'
import { Defence } from './Defence.tsx'
import { Findings } from './Findings.tsx'
import { useGuard } from './useGuard.ts'
import './guard.css'

/** What keeps floods and false voices off a meeting, and what was set aside and why. */
export function GuardPanel({ meetingId }: { meetingId: string }) {
  const { state, put } = useGuard(meetingId)
  return (
    <Loaded of={state}>
      {(guard) => (
        <div className="stack stack-wide">
          <Defence guard={guard} onChange={put} />
          <Findings guard={guard} onChange={put} />
          <Barred meetingId={meetingId} />
        </div>
      )}
    </Loaded>
  )
}
