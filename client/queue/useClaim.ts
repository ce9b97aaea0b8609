import { useEffect } from 'react'
import { claimMs } from '../../shared/queue.ts'
import { command } from '../transport/http.ts'

/** Somebody who only passes by does not work on it. */
const settleMs = 400

/** Says that I work on this one for as long as it is before me; nothing while somebody else does. */
export function useClaim(suggestionId: string | undefined, free: boolean) {
  useEffect(() => {
    if (!suggestionId || !free) return
    let held = false
    const claim = async () => {
      held = (await command('queue:claim', { suggestionId })).ok
    }
    const begin = setTimeout(() => void claim(), settleMs)
    const renew = setInterval(() => void claim(), claimMs / 2)
    return () => {
      clearTimeout(begin)
      clearInterval(renew)
      if (held) void command('queue:release', { suggestionId })
    }
  }, [suggestionId, free])
}
