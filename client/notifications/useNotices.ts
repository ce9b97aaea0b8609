import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import type { Notice } from '../../shared/notifications.ts'
import { useConnection, useNews } from '../transport/ConnectionContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'

/** The newest notices and how many are unread. */
export const useNotices = (limit: number) => useQueryOf('my-notices', { limit }, { refetchInterval: 5 * 60_000 })

/** Reads them again when one comes, or the connection is back. */
export function useNoticeNews() {
  const { onConnect } = useConnection()
  const queryClient = useQueryClient()
  const again = useCallback(() => void queryClient.invalidateQueries({ queryKey: ['my-notices'] }), [queryClient])
  useNews('notice:came', again)
  useEffect(() => onConnect(again), [onConnect, again])
}

/** Marks one as read, or all up to the newest that is shown: what comes meanwhile stays unread. */
export function useMarkRead() {
  const { send, pending, failure } = useCommand('notice:read')
  const queryClient = useQueryClient()
  const mark = useCallback(
    async (notices: readonly Notice[], which: 'these' | 'all') => {
      const upTo = notices.map(({ at }) => at).sort()[notices.length - 1]
      if (upTo === undefined) return
      const result = await send(which === 'all' ? { upTo } : { upTo, ids: notices.map(({ id }) => id) })
      if (result.ok) await queryClient.invalidateQueries({ queryKey: ['my-notices'] })
    },
    [send, queryClient],
  )
  return { mark, pending, failure }
}
