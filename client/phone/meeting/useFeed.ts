import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks'
import type { PostedSuggestion } from '../../../shared/suggestions.ts'
import { watchMeeting } from '../live.ts'
import { useWake } from '../network.ts'
import { usePhone } from '../preferences.tsx'
import { createVoice } from '../voice/voice.ts'
import { createFeed, type Notice } from './feed.ts'
import { createOutbox, keptReceipts } from './outbox.ts'

/** The meeting's feed, the outbox and what is supported and judged, for as long as the page shows them. */
export function useFeed(code: string, onNotice: (notice: Notice) => void, onPosted: (posted: PostedSuggestion) => void) {
  const { api, storage, photos } = usePhone()
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  // Listeners change with the language; what lives behind them must not start anew for that.
  const listeners = useRef({ onNotice, onPosted })
  listeners.current = { onNotice, onPosted }
  const start = useCallback(() => {
    const onChange = () => redraw(undefined)
    const outbox = createOutbox({
      code,
      storage,
      photos,
      post: (suggestion) => api.post(suggestion, () => feed.renew()),
      upload: (photoId, bytes, onProgress) => api.upload(photoId, bytes, () => feed.renew(), onProgress),
      onChange,
      onPosted: (posted) => {
        listeners.current.onPosted(posted)
        void feed.readMine()
      },
    })
    const feed = createFeed({
      code,
      api,
      storage,
      watch: watchMeeting,
      onChange,
      onNotice: (notice) => listeners.current.onNotice(notice),
      onBack: () => {
        void outbox.flush()
        void voice.wake()
      },
      onFresh: (suggestion) => {
        if (!isMine(suggestion.id)) voice.fresh(suggestion)
      },
    })
    const voice = createVoice({
      code,
      api,
      storage,
      meetingId: () => feed.state().meeting?.id,
      onChange,
      onSession: () => feed.renew(),
    })
    const isMine = (id: string) => [...feed.state().mine, ...keptReceipts(storage, code)].some(({ suggestion }) => suggestion.id === id)
    void outbox.flush()
    return { feed, outbox, voice }
  }, [api, storage, photos, code])

  const [live, setLive] = useState<ReturnType<typeof start> | null>(null)
  useEffect(() => {
    const started = start()
    setLive(started)
    return () => {
      started.feed.close()
      started.outbox.close()
      started.voice.close()
    }
  }, [start])

  useWake(
    useCallback(() => {
      live?.feed.wake()
      void live?.outbox.flush()
      void live?.voice.wake()
    }, [live]),
  )
  return live
}
