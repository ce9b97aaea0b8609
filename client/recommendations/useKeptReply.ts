import { useMemo, useState } from 'react'
import type { Assignment } from '../../shared/recommendations.ts'
import { useMe } from '../identity/MeContext.tsx'
import { createReplyKeep, type KeptReply } from './keptReply.ts'

/** What one has written of a reply and not sent: offered when its form is opened again, and kept from then on as it changes. */
export function useKeptReply({ id: assignmentId, round }: Pick<Assignment, 'id' | 'round'>) {
  const { actor } = useMe()
  const accountId = actor.accountId ?? ''
  const { place, shelf } = useMemo(() => {
    const shelf = createReplyKeep(() => localStorage)
    shelf.tidy()
    return { place: { accountId, assignmentId, round }, shelf }
  }, [accountId, assignmentId, round])
  const [offered, setOffered] = useState(() => shelf.find(place))
  return {
    offered,
    keep: (fields: Omit<KeptReply, 'at'>) => shelf.keep(place, fields),
    /** What was offered, into the form. */
    take(): KeptReply | null {
      setOffered(null)
      return offered
    },
    forget() {
      shelf.forget(place)
      setOffered(null)
    },
  }
}
