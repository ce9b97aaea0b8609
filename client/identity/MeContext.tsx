import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Me } from '../../shared/identity.ts'
import { type Actor, stranger } from '../../shared/policy.ts'
import { useConnection } from '../transport/ConnectionContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'

type MeState = {
  /** Undefined until the server has said who this is. */
  me: Me | undefined
  actor: Actor
  failure: unknown
  /** Reads again who this is, after signing in or out or accepting an invitation; everything known is read anew with the new rights. */
  refresh: () => Promise<void>
}

const MeContext = createContext<MeState | null>(null)

export function MeProvider({ children }: { children: ReactNode }) {
  const { data: me, error } = useQueryOf('me', {})
  const queryClient = useQueryClient()
  const { restart } = useConnection()
  const state = useMemo<MeState>(
    () => ({
      me,
      actor: actorOf(me),
      failure: me ? null : error,
      async refresh() {
        restart()
        // What somebody else read on this device is not for the next person.
        queryClient.removeQueries({ type: 'inactive' })
        await queryClient.invalidateQueries({ queryKey: ['me'] })
        await queryClient.invalidateQueries()
      },
    }),
    [me, error, queryClient, restart],
  )
  return <MeContext value={state}>{children}</MeContext>
}

/** Who uses this page, and as whom `can` decides. */
export function useMe(): MeState {
  const state = useContext(MeContext)
  if (!state) throw new Error('useMe needs a MeProvider above it')
  return state
}

function actorOf(me: Me | undefined): Actor {
  if (!me?.account) return stranger
  const { id, name, anonymous, grants } = me.account
  return { accountId: id, name, anonymous, sessionId: me.sessionId, grants }
}
