import { useCallback, useEffect, useRef, useState } from 'react'
import type { Claim } from '../../shared/queue.ts'
import type { QueryOutput } from '../transport/http.ts'

type Claims = ReadonlyMap<string, Claim>

/** Who works on what. A claim that nobody renews ends here as it does on the server, whatever this computer's clock says. */
export function useClaims() {
  const [claims, setClaims] = useState<Claims>(new Map())
  const serverAheadMs = useRef(0)

  const read = useCallback(({ claims, now }: Pick<QueryOutput<'queue'>, 'claims' | 'now'>) => {
    serverAheadMs.current = Date.parse(now) - Date.now()
    setClaims(new Map(claims.map((claim) => [claim.suggestionId, claim])))
  }, [])
  const put = useCallback((claim: Claim) => setClaims((before) => new Map(before).set(claim.suggestionId, claim)), [])

  useEffect(() => {
    if (claims.size === 0) return
    const leftMs = ({ until }: Claim) => Date.parse(until) - Date.now() - serverAheadMs.current
    const drop = () => setClaims((before) => new Map([...before].filter(([, claim]) => leftMs(claim) > 0)))
    const timer = setTimeout(drop, Math.max(0, Math.min(...[...claims.values()].map(leftMs))))
    return () => clearTimeout(timer)
  }, [claims])
  return { claims, read, put }
}
