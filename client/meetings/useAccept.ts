import { useNavigate } from 'react-router'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'

/** Takes an invitation up and goes into the room. */
export function useAccept(token: string) {
  const accept = useCommand('invitation:accept')
  const { refresh } = useMe()
  const navigate = useNavigate()
  async function join(name?: string) {
    const result = await accept.send(name ? { token, name } : { token })
    if (!result.ok) return
    await refresh()
    await navigate(`/meetings/${result.value.meetingId}/room`)
  }
  return { join, pending: accept.pending, failure: accept.failure }
}
